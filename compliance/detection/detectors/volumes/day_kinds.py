"""What kind of day it is, as far as volumes care."""

from __future__ import annotations

from datetime import date, timedelta
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance.detection.detectors.baseline import Calendar

_DAY = timedelta(days=1)
_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
_DECEMBER, _CHRISTMAS_EVE = 12, 24


class DayKind(IntEnum):
    """A weekday, or what makes a day unlike its weekday."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6
    HOLIDAY = 7
    BRIDGE = 8  # a working day between a holiday and a weekend, or between Christmas and New Year
    MONTH_BEGINS = 9  # the first working day of a month


class Rhythm(IntEnum):
    """Days whose hours are alike."""

    WORKING = 0
    SATURDAY = 1
    FREE = 2
    MONTH_BEGINS = 3


RHYTHM = (Rhythm.WORKING,) * 5 + (
    Rhythm.SATURDAY,
    Rhythm.FREE,
    Rhythm.FREE,
    Rhythm.WORKING,
    Rhythm.MONTH_BEGINS,
)
"""The rhythm of each kind of day."""


def day_kind(day: date, calendar: Calendar, *, partner: str = "") -> DayKind:
    """Return what kind of day it is for a partner."""
    closed = calendar.closing_days.get("", frozenset()) | calendar.closing_days.get(partner, frozenset())
    weekday = day.weekday()
    if weekday < _SATURDAY and (day in calendar.holidays or day in closed):
        return DayKind.HOLIDAY
    if weekday >= _SATURDAY:
        return DayKind.HOLIDAY if day in calendar.holidays else DayKind(weekday)
    if _is_bridge(day, calendar):
        return DayKind.BRIDGE
    if _begins_month(day, calendar):
        return DayKind.MONTH_BEGINS
    return DayKind(weekday)


def _is_bridge(day: date, calendar: Calendar) -> bool:
    if day.month == _DECEMBER and day.day >= _CHRISTMAS_EVE:
        return True
    before = day.weekday() == 0 and day + _DAY in calendar.holidays
    return before or (day.weekday() == _FRIDAY and day - _DAY in calendar.holidays)


def _begins_month(day: date, calendar: Calendar) -> bool:
    return not any(calendar.is_working_day(date(day.year, day.month, n)) for n in range(1, day.day))
