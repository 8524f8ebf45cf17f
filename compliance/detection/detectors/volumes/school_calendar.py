"""When Flemish schools are closed: by the rule that fixes every year's vacations beforehand.

The rule is article 7 of the decision of the Flemish Government of 31 August 2001 on the school year in secondary
education, and that of 17 April 1991 for primary education. Centres for adult education follow it; centres for basic
education may choose days of their own.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from dateutil.easter import easter

if TYPE_CHECKING:
    from collections.abc import Iterable

_DAY = timedelta(days=1)
_WEEK = timedelta(weeks=1)
_SATURDAY, _SUNDAY = 5, 6
_MARCH, _APRIL = 3, 4
_MIDDLE_OF_APRIL = 15
_FROM_CARNIVAL_TO_EASTER = 48  # days, from the seventh Monday before Easter
_LONGER_AUTUMN = 2020  # by a week, against the virus: Consultative Committee of 30 October 2020


class Vacation(StrEnum):
    """The five vacations of a school year."""

    AUTUMN = "autumn"
    CHRISTMAS = "christmas"
    CARNIVAL = "carnival"
    EASTER = "easter"
    SUMMER = "summer"


class Closed(NamedTuple):
    """A vacation: its first day, and the first day after it."""

    vacation: Vacation
    begins: date
    ends: date


@cache
def vacations(year: int) -> tuple[Closed, ...]:
    """Return the vacations that begin in a year, in their order."""
    easter_day = easter(year)
    carnival = easter_day - _FROM_CARNIVAL_TO_EASTER * _DAY
    spring, school_again = _easter(easter_day)
    autumn = _monday_of(date(year, 11, 1)) if date(year, 11, 1).weekday() != _SUNDAY else date(year, 11, 2)
    christmas = date(year, 12, 25)
    winter = _monday_of(christmas) + (_WEEK if christmas.weekday() in {_SATURDAY, _SUNDAY} else 0 * _DAY)
    return (
        Closed(Vacation.CARNIVAL, carnival, carnival + _WEEK),
        Closed(Vacation.EASTER, spring, school_again),
        Closed(Vacation.SUMMER, date(year, 7, 1), date(year, 9, 1)),
        Closed(Vacation.AUTUMN, autumn, autumn + (2 if year == _LONGER_AUTUMN else 1) * _WEEK),
        Closed(Vacation.CHRISTMAS, winter, winter + 2 * _WEEK),
    )


def _easter(day: date) -> tuple[date, date]:
    """Two weeks from the first Monday of April, unless Easter comes before, or after the fifteenth."""
    if day.month == _MARCH:
        begins = day + _DAY
    elif day.day > _MIDDLE_OF_APRIL:
        begins = _monday_of(day) - _WEEK
        return begins, day + 2 * _DAY  # Easter Monday comes on top
    else:
        begins = _monday_of(date(day.year, _APRIL, 7))
    return begins, begins + 2 * _WEEK


def _monday_of(day: date) -> date:
    return day - day.weekday() * _DAY


def vacation_of(day: date) -> Vacation | None:
    """Return the vacation that a day lies in, weekends within it included."""
    for year in (day.year, day.year - 1):
        for closed in vacations(year):
            if closed.begins <= day < closed.ends:
                return closed.vacation
    return None


def school_holidays(years: Iterable[int]) -> frozenset[date]:
    """Return every day of those years on which schools are closed for a vacation."""
    wanted = set(years)
    return frozenset(
        closed.begins + n * _DAY
        for year in wanted | {year - 1 for year in wanted}
        for closed in vacations(year)
        for n in range((closed.ends - closed.begins).days)
        if (closed.begins + n * _DAY).year in wanted
    )
