"""Counts by month, as the follower leaves them."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.kernel.clock import now
from compliance.registry.models import RegisterChange
from compliance.reporting.numbers import half_up
from compliance.statistics.models import FollowerCursor, MonthCount
from tests.reporting.reference import DISCIMUS_QUERIES, discimus, months
from tests.statistics.factory import dimensions

if TYPE_CHECKING:
    from collections.abc import Iterable

AUTOMATIC = Fraction(95, 100)


def count(month: str, partner: str, exchanges: int, **changes: str) -> MonthCount:
    """Return the count of a month, to be kept."""
    first = date.fromisoformat(f"{month}-01")
    return MonthCount(month=first, count=exchanges, **dimensions(partner=partner, **changes))


def keep(counts: Iterable[MonthCount]) -> None:
    """Keep counts, and a cursor that says when was counted."""
    MonthCount.objects.bulk_create(counts)
    FollowerCursor.objects.update_or_create(follower="statistics", defaults={"next_xid": 1, "moved_at": now()})


def published_year(scale: Fraction = Fraction(1)) -> list[MonthCount]:
    """Return the counts of 2016 as they were published, each cell brought to a scale and split in two triggers."""
    counts = []
    for month, partner, exchanges in months():
        whole = half_up(exchanges * scale)
        counts += [
            count(month, partner, whole // 3, trigger="manual"),
            count(month, partner, whole - whole // 3, outcome="no-data"),
        ]
    automatic = half_up(DISCIMUS_QUERIES * scale * AUTOMATIC)
    for outcome, queries in discimus().items():
        whole = half_up(queries * scale)
        by_itself = min(automatic, whole)
        automatic -= by_itself
        for trigger, part in (("automatic", by_itself), ("manual", whole - by_itself)):
            counts.append(
                count("2016-10", "DISCIMUS", part, direction="obtained", trigger=trigger, service_outcome=outcome)
            )
    return counts


def state_scale(scale: Fraction) -> None:
    """State in the register that the exchanges are a replay."""
    RegisterChange.objects.create(
        kind="demonstration",
        code="replay-2016",
        version=1,
        state={"scale": str(scale), "seed": 2016, "complete": True},
        changed_at=now(),
        changed_by="system:replay",
        reason="test",
    )
