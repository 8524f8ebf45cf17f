"""Findings of one story make one case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hypothesis import given
from hypothesis import strategies as st

from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.triage.severity import Cause, severity_of
from compliance.detection.triage.story import Standing, tell_stories
from tests.detection.triage.findings import finding, findings

if TYPE_CHECKING:
    from random import Random

    from compliance.detection.detectors.finding import Finding


def test_what_one_user_did_in_a_week_is_one_story() -> None:
    told = tell_stories([finding(user=1), finding(user=1, day=3, detector="off-hours"), finding(user=2)])
    assert sorted(len(story.findings) for story in told) == [1, 2]


def test_the_same_user_a_month_later_is_another_story() -> None:
    assert len(tell_stories([finding(user=1), finding(user=1, day=30)])) == 2


def test_one_outage_of_a_partner_is_one_story_whatever_series_it_shows_in() -> None:
    seen = [finding(family=Family.VOLUME, detector=name, series=name, day=day) for day, name in enumerate("abc")]
    assert len(tell_stories(seen)) == 1


def test_two_partners_are_two_stories() -> None:
    assert len(tell_stories([finding(user=1), finding(user=1, partner="VMSW")])) == 2


def test_each_rule_that_a_partner_breaks_is_a_story() -> None:
    rule: dict[str, Any] = {"family": Family.COVER, "tier": Tier.LAW}
    told = tell_stories([finding(**rule, detector="a", user=1), finding(**rule, detector="a", user=2, day=9)])
    assert len(told) == 1
    assert len(tell_stories([finding(**rule, detector="a"), finding(**rule, detector="b")])) == 2


def test_what_belongs_to_a_case_that_stands_joins_it() -> None:
    (first,) = tell_stories([finding(user=1)])
    standing = Standing(first.key, first.group, first.begins, first.ends)
    (joined,) = tell_stories([finding(user=1, day=6)], standing=[standing])
    assert joined.key == first.key
    (apart,) = tell_stories([finding(user=1, day=20)], standing=[standing])
    assert apart.key != first.key


@given(st.lists(findings(), max_size=20, unique_by=lambda one: one.key), st.randoms(use_true_random=False))
def test_every_finding_is_in_one_story_in_whatever_order_they_came(seen: list[Finding], chance: Random) -> None:
    told = tell_stories(seen)
    assert sorted(one.key for story in told for one in story.findings) == sorted(one.key for one in seen)
    assert len({story.key for story in told}) == len(told)
    shuffled = seen[:]
    chance.shuffle(shuffled)
    assert tell_stories(shuffled) == told


@given(st.lists(findings(), min_size=2, max_size=6))
def test_a_finding_more_never_makes_a_story_less_grave(seen: list[Finding]) -> None:
    assert severity_of(seen).total >= severity_of(seen[:-1]).total


def test_the_reasons_of_severity_stand_greatest_first() -> None:
    points = severity_of([finding(persons=900, categories=("HEALTH", "ORIGIN"))]).points
    assert [point.cause for point in points] == [Cause.TIER, Cause.PERSONS, Cause.SENSITIVE, Cause.SURE]
    assert [point.points for point in points] == sorted((point.points for point in points), reverse=True)
