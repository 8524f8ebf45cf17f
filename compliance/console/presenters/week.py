"""Days of the week and hours of the clock, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import get_day_names

from compliance.console.presenters import words
from compliance.reporting.authorisation_use.hours import clock_of, weekday_of
from compliance.reporting.numbers import locale_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from compliance.authorisations.terms import Hours


def weekdays(codes: Iterable[str]) -> str:
    """Name ISO weekdays: ``Saturday and Sunday``."""
    return words.enumeration([_day(int(code)) for code in sorted(codes)])


def clocks(codes: Iterable[str]) -> str:
    """Write hours of the clock, those that follow each other as one stretch: ``00:00-07:00 and 19:00-24:00``."""
    stretches: list[tuple[int, int]] = []
    for hour in sorted(map(int, codes)):
        if stretches and stretches[-1][1] == hour:
            stretches[-1] = (stretches[-1][0], hour + 1)
        else:
            stretches.append((hour, hour + 1))
    return words.enumeration([_stretch(f"{start:02}:00", f"{end:02}:00") for start, end in stretches])


def hours_of_week(codes: Sequence[str]) -> list[str]:
    """Write hours of the week by day: ``Saturday 22:00-24:00``."""
    by_day: dict[int, list[str]] = {}
    for code in codes:
        by_day.setdefault(weekday_of(code), []).append(clock_of(code))
    return [f"{_day(weekday)} {clocks(hours)}" for weekday, hours in sorted(by_day.items())]


def limits(hours: Hours) -> str:
    """Write the hours that a version allows: ``Monday and Tuesday, 07:00-19:00``."""
    return f"{weekdays(map(str, hours.weekdays))}, {_stretch(hours.start, hours.end)}"


def _stretch(start: str, end: str) -> str:
    return f"{start}\N{EN DASH}{end}"


def _day(weekday: int) -> str:
    named = get_day_names("wide", locale=locale_of(words.language()))
    return str(named[weekday - 1])
