"""Figures for the start pages, from the counts that follow the exchanges: of production alone.

What ran in acceptance or test stands apart; it is found in the list of exchanges by its environment.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import Max, Sum

from compliance.authorisations.vocabulary import Verdict
from compliance.exchanges.vocabulary import Environment
from compliance.kernel.clock import now
from compliance.statistics.models import HourCount, MonthCount

if TYPE_CHECKING:
    from django.db.models import QuerySet

WINDOW = timedelta(days=28)
RECENT = timedelta(days=2)
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Window:
    """Four weeks that end now, or at the newest exchange when that is older than two days."""

    since: datetime
    until: datetime
    is_now: bool


@dataclass(frozen=True, slots=True)
class NotCovered:
    """How many exchanges of a partner were not covered, for one reason."""

    partner: str
    verdict: str
    count: int


def window() -> Window | None:
    """Return the four weeks that deserve attention; ``None`` when nothing was counted. One query."""
    newest: datetime | None = _hours().aggregate(newest=Max("hour"))["newest"]
    if newest is None:
        return None
    moment = now()
    if newest > moment - RECENT:
        return Window(since=moment - WINDOW, until=moment, is_now=True)
    until = newest + timedelta(hours=1)
    return Window(since=until - WINDOW, until=until, is_now=False)


def not_covered(window: Window, *, partner: str = "") -> list[NotCovered]:
    """Return what was not covered in a window, the most frequent first. One query."""
    counts = _within(window, partner).exclude(verdict=Verdict.COVERED)
    rows = counts.values("partner", "verdict").annotate(total=Sum("count")).filter(total__gt=0).order_by("-total")
    return [NotCovered(row["partner"], row["verdict"], row["total"]) for row in rows]


def counted(window: Window, *, partner: str = "") -> int:
    """Return how many exchanges a window holds, covered or not. One query."""
    total: int | None = _within(window, partner).aggregate(total=Sum("count"))["total"]
    return total or 0


def months(*, partner: str = "") -> list[tuple[date, int]]:
    """Return the exchanges of the newest twelve months that were counted, oldest first. One query."""
    counts = _months()
    if partner:
        counts = counts.filter(partner=partner)
    rows = counts.values("month").annotate(total=Sum("count")).order_by("-month")[:MONTHS]
    return [(row["month"], row["total"]) for row in reversed(rows)]


@dataclass(frozen=True, slots=True)
class Totals:
    """Everything that was counted, and what of it was not covered."""

    exchanges: int
    not_covered: int


def totals() -> Totals:
    """Return what was counted over all years. One query."""
    rows = _months().values("verdict").annotate(total=Sum("count")).values_list("verdict", "total")
    counts = dict(rows)
    whole = sum(counts.values())
    return Totals(exchanges=whole, not_covered=whole - counts.get(Verdict.COVERED, 0))


def _hours() -> QuerySet[HourCount]:
    return HourCount.objects.filter(environment=Environment.PRODUCTION)


def _months() -> QuerySet[MonthCount]:
    return MonthCount.objects.filter(environment=Environment.PRODUCTION)


def _within(window: Window, partner: str) -> QuerySet[HourCount]:
    counts = _hours().filter(hour__gte=window.since, hour__lt=window.until)
    return counts.filter(partner=partner) if partner else counts
