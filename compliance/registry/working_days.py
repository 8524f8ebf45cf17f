"""Working days: no weekend, no official holiday of Belgium, no closing day of our own.

Days are from the first up to but without the last. 2016 has 253.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import holidays
from django.utils.translation import get_language

from compliance.registry.models import ClosingDay
from compliance.registry.revision import current_revision

if TYPE_CHECKING:
    from collections.abc import Iterable

_SATURDAY = 5
_LANGUAGES = {"nl": "nl", "en": "en_US", "fr": "fr"}
_YEARS_KEPT = 256


class FreeDay(NamedTuple):
    """A day other than in a weekend on which nobody works, and why."""

    day: date
    name: str


def is_working_day(day: date) -> bool:
    """Tell whether a day is a working day. One index probe."""
    return bool(working_days(day, day + timedelta(days=1)))


def working_days(start: date, end: date) -> list[date]:
    """Return the working days from ``start`` until ``end`` (excluded). One index probe."""
    closed = closing_days_at(current_revision())
    days = (start + timedelta(days=number) for number in range((end - start).days))
    return [
        day
        for day in days
        if day.weekday() < _SATURDAY and day not in closed and day not in _official_holidays(day.year, "nl")
    ]


def count_working_days(start: date, end: date) -> int:
    """Return how many working days there are from ``start`` until ``end`` (excluded). One index probe."""
    return len(working_days(start, end))


def official_holidays(years: Iterable[int]) -> frozenset[date]:
    """Return Belgium's official holidays of these years, those in weekends too."""
    return frozenset(day for year in years for day in _official_holidays(year, "nl"))


def free_days(start: date, end: date) -> list[FreeDay]:
    """Return holidays and closing days that do not fall in a weekend, named in the reader's language."""
    language = (get_language() or "nl")[:2]
    named: dict[date, str] = {}
    for year in range(start.year, end.year + 1):
        named |= _official_holidays(year, language)
    named |= {day: names.get(language, names["nl"]) for day, names in closing_days_at(current_revision()).items()}
    return [FreeDay(day, named[day]) for day in sorted(named) if start <= day < end and day.weekday() < _SATURDAY]


@lru_cache(maxsize=_YEARS_KEPT)
def _official_holidays(year: int, language: str) -> dict[date, str]:
    return dict(holidays.country_holidays("BE", years=year, language=_LANGUAGES.get(language, "nl")))


@lru_cache(maxsize=1)
def closing_days_at(_revision: int) -> dict[date, dict[str, str]]:
    """Return our own closing days as they stand at a revision of the register."""
    rows = ClosingDay.objects.values_list("day", "name_nl", "name_en", "name_fr")
    return {day: {"nl": nl, "en": en, "fr": fr} for day, nl, en, fr in rows}
