"""Which share of a partner's exchanges in production was covered, by quarter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Max, Sum

from compliance.authorisations.vocabulary import Verdict
from compliance.exchanges.vocabulary import Environment
from compliance.reporting.authorisation_use.quarter import Quarter
from compliance.reporting.authorisation_use.read_use import Told
from compliance.statistics.models import MonthCount

if TYPE_CHECKING:
    from datetime import date

_A_YEAR = 4


def shares_of(partner: str, *, quarters: int) -> tuple[tuple[Quarter, Told], ...]:
    """Return the last so many quarters up to the newest one with exchanges, oldest first. One query."""
    counts = MonthCount.objects.filter(environment=Environment.PRODUCTION, partner=partner)
    rows = counts.values("month", "verdict").annotate(total=Sum("count")).exclude(total=0).order_by("month")
    found: dict[Quarter, Told] = {}
    for row in rows:
        quarter = Quarter.of(row["month"])
        found[quarter] = _plus(found.get(quarter, Told(0, 0)), row["verdict"], row["total"])
    if not found:
        return ()
    first, last = min(found), max(found)
    shown = [last.plus(-back) for back in reversed(range(quarters))]
    return tuple((quarter, found.get(quarter, Told(0, 0))) for quarter in shown if quarter >= first)


def shares_of_all() -> tuple[date | None, dict[str, Told]]:
    """Return the first day of the year until the newest month that was counted, and each partner's share in it.

    Two queries.
    """
    counts = MonthCount.objects.filter(environment=Environment.PRODUCTION)
    newest = counts.filter(count__gt=0).aggregate(newest=Max("month"))["newest"]
    if newest is None:
        return None, {}
    first = Quarter.of(newest).plus(1 - _A_YEAR).first_day
    rows = counts.filter(month__gte=first).values("partner", "verdict").annotate(total=Sum("count")).exclude(total=0)
    found: dict[str, Told] = {}
    for row in rows.order_by("partner"):
        found[row["partner"]] = _plus(found.get(row["partner"], Told(0, 0)), row["verdict"], row["total"])
    return first, found


def _plus(told: Told, verdict: str, total: int) -> Told:
    if verdict == Verdict.COVERED:
        return told._replace(covered=told.covered + total)
    return told._replace(outside=told.outside + total)
