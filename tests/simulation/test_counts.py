"""The replay gives the published figures back, cell by cell, at every scale."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.kernel.clock import BRUSSELS
from compliance.kernel.errors import InvalidInputError
from compliance.simulation.chance import shares
from compliance.simulation.days import days
from compliance.simulation.figures import Cell, discimus, monthly
from compliance.simulation.partners import PARTNERS
from compliance.simulation.plan import discimus_plan, month_plan
from compliance.simulation.scale import read_scale, scaled
from compliance.simulation.world import World

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.exchanges.submission import Submission

SCALES = [Fraction(1), Fraction(1, 3), Fraction(1, 50), Fraction(1, 777), Fraction(1, 5_000)]


def cell(report: Submission) -> Cell:
    """Return the cell in which a report counts."""
    asker = report.asker
    month = report.started_at.astimezone(BRUSSELS).date().replace(day=1)
    return Cell(month, asker.on_behalf_of or asker.organisation if report.direction == "provided" else report.source)


def counted(reports: Iterable[Submission]) -> Counter[Cell]:
    """Count reports by cell, a correction in the place of what it corrects."""
    return Counter(cell(report) for report in reports if report.corrects is None)


def test_the_published_figures_are_those_of_the_answer() -> None:
    assert len(monthly()) == 60
    assert sum(monthly().values()) == 18_498_776
    assert discimus() == {"enrolled": 6_992, "deregistered": 1_114, "not-enrolled": 4_883}


@pytest.mark.parametrize("scale", SCALES, ids=str)
def test_a_plan_divides_every_cell_exactly(scale: Fraction) -> None:
    for profile in PARTNERS:
        for (month, partner), figure in monthly().items():
            if partner == profile.partner:
                plan = month_plan(profile, month, seed=1, scale=scale)
                assert sum(count.total for count in plan) == scaled(figure, scale)
                assert min(min(count) for count in plan) >= 0


@pytest.mark.parametrize("scale", SCALES[3:], ids=str)
@pytest.mark.parametrize("seed", [2016, 7])
def test_a_year_has_every_cell_exactly(scale: Fraction, seed: int) -> None:
    world = World(seed=seed, scale=scale)
    found = counted(report for day in days() for report in world.reports(day, identify=str))
    for at, figure in monthly().items():
        assert found[at] == scaled(figure, scale), at
    assert sum(found.values()) == sum(scaled(f, scale) for f in (*monthly().values(), *discimus().values()))


@pytest.mark.parametrize(("number", "scale"), [(0, 40), (59, 25), (86, 10), (303, 20), (365, 10)])
def test_a_day_has_what_the_plan_says_and_lies_within_the_day_in_brussels(number: int, scale: int) -> None:
    world, day = World(seed=3, scale=Fraction(1, scale)), days()[number]
    reports = list(world.reports(day, identify=str))
    assert len(reports) == world.expected[number]
    assert {report.started_at.astimezone(BRUSSELS).date() for report in reports} == {day.date}


def test_every_report_of_the_year_counts_in_its_own_month(year: list[Submission]) -> None:
    scale = Fraction(1, 200)
    found = counted(year)
    assert {at: found[at] for at in monthly()} == {at: scaled(figure, scale) for at, figure in monthly().items()}


@pytest.mark.parametrize("scale", SCALES, ids=str)
def test_discimus_has_its_outcomes_exactly_and_95_percent_automatic(scale: Fraction) -> None:
    plan, outcomes = discimus_plan(seed=5, scale=scale)
    assert Counter(outcomes) == Counter({code: scaled(figure, scale) for code, figure in discimus().items()})
    assert sum(count.total for count in plan) == len(outcomes)
    assert sum(count.automatic for count in plan) == round(0.95 * len(outcomes))


@given(st.integers(0, 10_000), st.lists(st.floats(0.001, 1_000), min_size=1, max_size=40))
def test_shares_add_up_and_stay_near_their_quota(total: int, weights: list[float]) -> None:
    parts = shares(total, weights)
    assert sum(parts) == total
    assert all(abs(part - total * weight / sum(weights)) <= 1.001 for part, weight in zip(parts, weights, strict=True))


def test_halves_are_rounded_up() -> None:
    assert [scaled(n, Fraction(1, 2)) for n in (1, 2, 3)] == [1, 1, 2]


@pytest.mark.parametrize(("text", "scale"), [("1", 1), ("1/50", Fraction(1, 50)), ("0.02", Fraction(1, 50))])
def test_a_scale_is_read(text: str, scale: Fraction) -> None:
    assert read_scale(text) == scale


@pytest.mark.parametrize("text", ["0", "2", "-1", "1/0", "51/50", "", "fast", "1e-3", "nan"])
def test_what_is_no_scale_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidInputError, match="1/50"):
        read_scale(text)
