"""How many leaves a log got on each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from django.db import connection

from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from collections.abc import Sequence

# A busy log has a head a second: the last of each day is found by index, never by counting.
_SIZES = """
SELECT coalesce((SELECT size FROM ledger_head WHERE log = %s AND sealed_at < boundary
                 ORDER BY sealed_at DESC LIMIT 1), 0)
FROM unnest(%s::timestamptz[]) WITH ORDINALITY AS asked (boundary, number) ORDER BY number
"""


@dataclass(frozen=True, slots=True)
class DayGrowth:
    """A day in Brussels, and how many leaves were sealed on it."""

    day: date
    leaves: int


def growth_of(*, log: int, until: datetime, days: int) -> tuple[DayGrowth, ...]:
    """Return so many days, that of ``until`` last, the oldest first. One query."""
    last = until.astimezone(BRUSSELS).date()
    all_days = [last - timedelta(days=ago) for ago in range(days)][::-1]
    sizes = _sizes(log, [_begin_of(day) for day in (*all_days, last + timedelta(days=1))])
    # The clock that heads were sealed by may have been set back: a log never shrinks.
    return tuple(
        DayGrowth(day, max(after - before, 0)) for day, (before, after) in zip(all_days, pairwise(sizes), strict=True)
    )


def _begin_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=BRUSSELS)


def _sizes(log: int, boundaries: Sequence[datetime]) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(_SIZES, [log, list(boundaries)])
        return [size for (size,) in cursor.fetchall()]
