"""Terms in working days: the day on which one begins does not count, and the last one counts to its end."""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from compliance.kernel.clock import BRUSSELS
from compliance.registry.working_days import working_days

if TYPE_CHECKING:
    from collections.abc import Collection

_PAUSE = timedelta(days=30)


def end_of_term(began_at: datetime, days: int) -> datetime:
    """Return the last moment of a term of so many working days. One query."""
    return end_of(days_of_term(began_at, days, calendar_after([began_at], days))[-1])


def days_of_term(began_at: datetime, days: int, calendar: list[date]) -> list[date]:
    """Return the days of a term, out of a calendar that :func:`calendar_after` made for it."""
    first = bisect_right(calendar, _day(began_at))
    return calendar[first : first + days]


def calendar_after(began: Collection[datetime], count: int) -> list[date]:
    """Return the working days after the earliest, so many after the latest at least, however long we are closed."""
    first, last = _day(min(began)), _day(max(began))
    end = last + count * timedelta(days=2)
    found: list[date] = []
    while sum(day > last for day in found) < count:
        end += _PAUSE
        found = working_days(first, end)
    return found


def begin_of(day: date) -> datetime:
    """Return the first moment of a day in Brussels."""
    return datetime.combine(day, time.min, BRUSSELS).astimezone(UTC)


def end_of(day: date) -> datetime:
    """Return the last moment of a day in Brussels."""
    return datetime.combine(day, time.max, BRUSSELS).astimezone(UTC)


def _day(moment: datetime) -> date:
    return moment.astimezone(BRUSSELS).date()
