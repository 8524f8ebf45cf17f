"""The line of the day: what an officer gets to see, and why."""

from __future__ import annotations

from collections import Counter
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from compliance.detection.detectors.finding import Family, Finding, Tier
from compliance.detection.triage.line import Budget, Line, Why, draw_line
from compliance.detection.triage.story import tell_stories
from compliance.detection.triage.weights import LEAST, Decided, weights
from tests.detection.triage.findings import finding, findings


def _line(seen: list[Finding], *, cases: int = 10, tested: int = 0, **told: object) -> Line:
    stories = tell_stories(seen)
    return draw_line(stories, budget=Budget(cases=cases), tested=dict.fromkeys(Family, tested), **told)  # type: ignore[arg-type]  # the options of one function


def test_a_broken_rule_is_always_over_the_line() -> None:
    rules = [
        finding(family=Family.COVER, tier=Tier.LAW, detector=f"rule-{n}", partner=partner)
        for n in range(10)
        for partner in ("VDAB", "VMSW")
    ]
    line = _line(rules, cases=1)
    assert {placed.why for placed in line.over} == {Why.LAW}
    assert len(line.over) == 20


def test_a_bad_day_of_volumes_does_not_bury_a_bad_person() -> None:
    outage = [finding(family=Family.VOLUME, partner=f"P{n}", persons=100_000) for n in range(30)]
    line = _line([*outage, finding(user=1, score=0.1)])
    assert Family.PEOPLE in {placed.story.family for placed in line.over}
    assert {placed.why for placed in line.under} == {Why.BEYOND}


def test_what_a_family_leaves_is_kept_for_it_until_the_day_is_over() -> None:
    outage = [finding(family=Family.VOLUME, partner=f"P{n}") for n in range(30)]
    assert len(_line(outage).over) == 10
    assert len(_line(outage, day_is_over=False).over) == 2


def test_what_was_spent_before_today_is_gone() -> None:
    seen = [finding(user=n) for n in range(9)]
    assert len(_line(seen, spent={Family.PEOPLE: 4}, day_is_over=False).over) == 1
    assert len(_line(seen, spent={Family.PEOPLE: 10}).over) == 0


def test_a_case_that_stands_takes_nothing_of_the_budget() -> None:
    seen = [finding(user=n) for n in range(3)]
    keys = {story.key for story in tell_stories(seen)}
    line = _line(seen, cases=0, standing=keys)
    assert [placed.why for placed in line.over] == [Why.STANDING] * 3


def test_of_many_that_were_held_against_chance_only_the_unlikely_come_over() -> None:
    odds = {"tier": Tier.STATISTIC}
    seen = [finding(user=1, tail=1e-7, **odds), finding(user=2, tail=1e-3, **odds)]
    assert {placed.story.telling.user for placed in _line(seen, tested=1_000).over} == {1}
    assert {placed.story.telling.user for placed in _line(seen, tested=10).over} == {1, 2}


def test_among_nothing_but_chance_hardly_anything_comes_over() -> None:
    chance = Random(1)  # noqa: S311 nothing secret
    days = 200
    over = sum(
        len(_line([finding(user=n, tier=Tier.STATISTIC, tail=chance.random()) for n in range(300)], tested=300).over)
        for _ in range(days)
    )
    assert over <= 0.2 * days  # with nothing to discover, a day with any has a chance of one in ten


def test_three_tries_are_not_one() -> None:
    odds = {"tier": Tier.STATISTIC, "user": 1, "tail": 0.05}
    assert len(_line([finding(**odds)], tested=1).over) == 1
    assert len(_line([finding(**odds, detector=name) for name in "abc"], tested=1).over) == 0


def test_decisions_move_the_line_of_a_detector() -> None:
    odds = {"tier": Tier.STATISTIC, "tail": 0.0012}
    seen = [finding(user=1, detector="heard", **odds), finding(user=2, detector="dismissed", **odds)]
    told = weights(["heard", "dismissed"], decisions={"heard": Decided(9, 10), "dismissed": Decided(0, 30)})
    line = _line(seen, tested=100, weights=told)
    assert [placed.story.telling.detector for placed in line.over] == ["heard"]
    assert [placed.why for placed in line.under] == [Why.LIKELY]


@given(
    st.dictionaries(
        st.sampled_from("abcdef"),
        st.tuples(st.integers(0, 50), st.integers(0, 50)).map(lambda n: Decided(n[0], sum(n))),
    )
)
def test_weights_are_one_on_average_and_silence_nobody(decisions: dict[str, Decided]) -> None:
    told = weights("abcdef", decisions=decisions)
    assert abs(sum(told.values()) / 6 - 1) < 1e-9
    assert min(told.values()) >= LEAST / max(1.0, 6 - 5 * LEAST)


@given(st.lists(findings(), max_size=30, unique_by=lambda one: one.key), st.integers(0, 12))
def test_every_story_is_over_or_under_and_the_budget_holds(seen: list[Finding], cases: int) -> None:
    line = _line(seen, cases=cases)
    placed = Counter(one.story.key for one in (*line.over, *line.under))
    assert placed == Counter(story.key for story in tell_stories(seen))
    assert sum(one.why is Why.WITHIN for one in line.over) <= cases
