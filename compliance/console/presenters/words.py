"""Moments, days, figures and enumerations, as the reader of this page writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date
from django.utils.translation import get_language

from compliance.kernel.clock import BRUSSELS
from compliance.reporting import numbers

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime


def language() -> str:
    """Return the language of the reader."""
    return get_language() or "nl"


def figure(value: int) -> str:
    """``18.498.776``."""
    return numbers.whole(value, language())


def local_day(value: datetime) -> date:
    """Return the day on which a moment fell in Brussels."""
    return value.astimezone(BRUSSELS).date()


def day(value: date) -> str:
    """``12 March 2016``."""
    return numbers.day_of(value, language())


def weekday(value: date) -> str:
    """``Saturday 12 March 2016``."""
    return str(format_date(value, "EEEE d MMMM y", locale=numbers.locale_of(language())))


def month(value: date) -> str:
    """``March 2016``."""
    return str(format_date(value, "LLLL y", locale=numbers.locale_of(language())))


def time(value: datetime) -> str:
    """``14:03:22``."""
    return f"{value.astimezone(BRUSSELS):%H:%M:%S}"


def minute(value: datetime) -> str:
    """``14:03``."""
    return f"{value.astimezone(BRUSSELS):%H:%M}"


def moment(value: datetime) -> str:
    """``12 March 2016, 14:03``."""
    return numbers.moment_of(value, language())


def exact_moment(value: datetime) -> str:
    """``12 March 2016, 14:03:22.120``."""
    return f"{day(local_day(value))}, {time(value)}.{value.microsecond // 1000:03}"


def enumeration(parts: Sequence[str]) -> str:
    """``name, address and nationality``."""
    return numbers.list_of(parts, language())


def sentence(words: str) -> str:
    """Return the words with a capital in front; the rest keeps its own."""
    return words[:1].upper() + words[1:]
