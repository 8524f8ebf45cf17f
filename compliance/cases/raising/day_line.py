"""The line of one day: what the officers can look into, what was tested, and what they decided before."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from compliance.cases.budget.queries import budget_now
from compliance.cases.calibration import decisions_by_detector
from compliance.cases.models import Case
from compliance.cases.vocabulary import CaseKind
from compliance.detection.detectors.catalogue import DETECTORS
from compliance.detection.detectors.finding import Family
from compliance.detection.detectors.make_window import bounds
from compliance.detection.models import UserDay
from compliance.detection.triage.line import Line, Why, draw_line
from compliance.detection.triage.weights import weights
from compliance.kernel.clock import BRUSSELS
from compliance.statistics.models import HourCount

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import date, datetime

    from compliance.detection.triage.story import Story

REMEMBERED: Final = timedelta(days=365)
"""Decisions further back no longer move a line."""


def line_of(day: date, stories: list[Story], *, standing: AbstractSet[str], at: datetime) -> Line:
    """Draw the line of a day. Five queries."""
    return draw_line(
        stories,
        budget=budget_now(),
        tested=_tested(day),
        weights=weights(DETECTORS, decisions=decisions_by_detector(since=at - REMEMBERED)),
        standing=standing,
        spent=_spent(day),
        day_is_over=day < at.astimezone(BRUSSELS).date(),
    )


def _tested(day: date) -> dict[Family, int]:
    """Return how much was held against a probability: users that looked somebody up, and services of partners."""
    users = UserDay.objects.filter(day=day, user__isnull=False).values("partner", "user").distinct().count()
    since, until = bounds(day)
    counted = HourCount.objects.filter(hour__gte=since, hour__lt=until, environment="production")
    return {Family.PEOPLE: users, Family.VOLUME: counted.values("partner", "service").distinct().count()}


def _spent(day: date) -> dict[Family, int]:
    """Return how much of a day's budget the cases of that day took, by family; broken rules take none."""
    facts = {"day": day.isoformat(), "why": Why.WITHIN.value}
    taken = Case.objects.filter(kind=CaseKind.FLAGGED, facts__contains=facts).values_list("facts__family", flat=True)
    return {Family(family): count for family, count in Counter(taken).items()}
