"""One small year, made once, for the tests that only look at it."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from compliance.simulation.days import days
from compliance.simulation.world import World

if TYPE_CHECKING:
    from compliance.exchanges.submission import Submission


@pytest.fixture(scope="session")
def world() -> World:
    """Return the year at one in two hundred."""
    return World(seed=2016, scale=Fraction(1, 200))


@pytest.fixture(scope="session")
def year(world: World) -> list[Submission]:
    """Return all reports of that year, in order."""
    return [report for day in days() for report in world.reports(day, identify=lambda first: first.message_reference)]


@pytest.fixture(scope="session")
def exchanges(year: list[Submission]) -> list[Submission]:
    """Return the reports of that year that are not corrections."""
    return [report for report in year if report.corrects is None]
