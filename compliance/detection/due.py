"""Which days are to be looked at: those of which something came in, and those that the clock has moved on in.

A day without a single exchange must be looked at as well, or silence would never be noticed.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from compliance.detection.detectors.make_window import bounds
from compliance.detection.marks import marked_days
from compliance.detection.models import DetectedDay
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from datetime import date, datetime

SILENT_DAYS: Final = 7
"""Days back to which the clock alone makes a day due; after a longer rest the rest stays unlooked at, unless marked."""


def due_days(*, at: datetime) -> list[date]:
    """Return the days that are due at a moment, the first first."""
    hour = at.replace(minute=0, second=0, microsecond=0)
    today = at.astimezone(BRUSSELS).date()
    recent = [today - timedelta(days=number) for number in range(SILENT_DAYS)]
    looked = dict(DetectedDay.objects.filter(day__in=recent).values_list("day", "until"))
    moved = {day for day in recent if bounds(day)[0] < hour and not _is_known(day, looked.get(day), hour)}
    return sorted(moved.union(marked_days(before=at)))


def _is_known(day: date, until: datetime | None, hour: datetime) -> bool:
    """Tell whether a day was looked at as far as it is known; not further, as a clock that ran ahead would have it."""
    return until == min(bounds(day)[1], hour)
