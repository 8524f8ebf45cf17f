"""The days of 2016 as Brussels lived them: when they began, how long they were, and who worked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache

from holidays import country_holidays

from compliance.kernel.clock import BRUSSELS, microseconds

YEAR = 2016
HOUR = 3_600_000
_CLOCKS_CHANGE = 3 * HOUR
_SATURDAY = 5

# Flemish school holidays that touch 2016 (first day, first day of school); no lessons, so no enrolment desk.
SCHOOL_HOLIDAYS = (
    (date(2015, 12, 21), date(2016, 1, 4)),
    (date(2016, 2, 8), date(2016, 2, 15)),
    (date(2016, 3, 28), date(2016, 4, 11)),
    (date(2016, 7, 1), date(2016, 9, 1)),
    (date(2016, 10, 31), date(2016, 11, 7)),
    (date(2016, 12, 26), date(2017, 1, 9)),
)
# Between a holiday and a weekend, and between Christmas and New Year, most desks are empty.
BRIDGES = frozenset(
    {date(2016, 5, 6), date(2016, 7, 22), date(2016, 10, 31)} | {date(2016, 12, d) for d in range(26, 31)}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day in Brussels. ``start`` is in milliseconds since 1970, ``number`` its place in the year from 0."""

    date: date
    number: int
    start: int
    length: int
    weekday: int
    holiday: bool
    bridge: bool
    school: bool

    @property
    def works(self) -> bool:
        """Whether offices are open."""
        return self.weekday < _SATURDAY and not self.holiday

    def moment(self, wall: int) -> int:
        """Return the millisecond since 1970 at which the clock on the wall says so; clocks change at 03:00."""
        return self.start + wall + (self.length - 24 * HOUR if wall >= _CLOCKS_CHANGE else 0)


@cache
def days() -> tuple[Day, ...]:
    """Return every day of the year."""
    official = country_holidays("BE", years=YEAR)
    first = date(YEAR, 1, 1)
    dates = [first + timedelta(days=n) for n in range((date(YEAR + 1, 1, 1) - first).days)]
    return tuple(
        Day(
            date=day,
            number=number,
            start=(start := _midnight(day)),
            length=_midnight(day + timedelta(days=1)) - start,
            weekday=day.weekday(),
            holiday=day in official,
            bridge=day in BRIDGES,
            school=not any(begin <= day < end for begin, end in SCHOOL_HOLIDAYS),
        )
        for number, day in enumerate(dates)
    )


def days_of(month: date) -> tuple[Day, ...]:
    """Return the days of a month, given by its first day."""
    return tuple(day for day in days() if (day.date.year, day.date.month) == (month.year, month.month))


def _midnight(day: date) -> int:
    return microseconds(datetime(day.year, day.month, day.day, tzinfo=BRUSSELS).astimezone(UTC)) // 1000
