"""Figures, days and months as readers of a language in Belgium write them, by the CLDR tables of Babel.

Dutch ``18.498.776``, French ``18 498 776`` (narrow no-break spaces), English ``18,498,776``. A minus is U+2212,
which screen readers say and line breaking leaves alone; files for machines never come here.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.lists import format_list
from babel.numbers import format_decimal, format_percent

from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date, datetime

    from compliance.reporting.months import Month, Period

_LOCALES = {language: Locale.parse(name) for language, name in {"nl": "nl_BE", "fr": "fr_BE", "en": "en_GB"}.items()}
_MINUS = "\N{MINUS SIGN}"


def locale_of(language: str) -> Locale:
    """Return the locale of a language (``fr-be`` is French); Dutch where it is none of the three."""
    return _LOCALES.get(language[:2], _LOCALES["nl"])


def half_up(value: Fraction | Decimal) -> int:
    """Round to a whole number, a half upwards."""
    return int((Fraction(value) + Fraction(1, 2)) // 1)


def whole(value: int, language: str) -> str:
    """Write a figure."""
    return str(format_decimal(value, format="#,##0", locale=locale_of(language))).replace("-", _MINUS)


def tenths(value: float, language: str) -> str:
    """Write a measured number with one decimal."""
    return str(format_decimal(value, format="#,##0.0", locale=locale_of(language))).replace("-", _MINUS)


def signed(value: int, language: str) -> str:
    """Write a difference, its sign always shown; zero has none."""
    return (
        str(format_decimal(value, format="+#,##0;-#,##0", locale=locale_of(language))).replace("-", _MINUS)
        if value
        else "0"
    )


def percentage(share: Fraction, language: str, *, sign: bool = False) -> str:
    """Write a share with one decimal."""
    locale = locale_of(language)
    tenths = half_up(abs(share) * 1000)
    pattern = locale.percent_formats[None].pattern.replace("##0", "##0.0")
    written = str(format_percent(Decimal(tenths) / 1000, format=pattern, locale=locale))
    if share < 0:
        return f"{_MINUS}{written}" if tenths else written
    return f"+{written}" if sign and tenths else written


def day_of(day: date, language: str) -> str:
    """Write a day in full: ``16 juli 2016``."""
    written = str(format_date(day, "d MMMM y", locale=locale_of(language)))
    return written.replace("1 ", "1er ", 1) if day.day == 1 and language[:2] == "fr" else written


def moment_of(moment: datetime, language: str) -> str:
    """Write a moment as the clock in Brussels shows it."""
    return str(format_datetime(moment, "d MMMM y, HH:mm", tzinfo=BRUSSELS, locale=locale_of(language)))


def month_of(month: Month, language: str) -> str:
    """Write a month in full: ``januari 2016``."""
    return str(format_date(month.first_day, "LLLL y", locale=locale_of(language)))


def initial_of(month: Month, language: str) -> str:
    """Write the first letter of a month."""
    return str(format_date(month.first_day, "LLLLL", locale=locale_of(language)))


def period_of(period: Period, language: str) -> str:
    """Write a period: a year, a month, or from month to month."""
    if period.is_year:
        return str(period.first.year)
    if period.is_month:
        return month_of(period.first, language)
    if period.first.number == 1 and period.last.number == 12:  # noqa: PLR2004 January to December
        return f"{period.first.year}\N{EN DASH}{period.last.year}"
    return f"{month_of(period.first, language)} \N{EN DASH} {month_of(period.last, language)}"


def ends_of(period: Period, language: str) -> dict[str, str]:
    """Write a period, and its first and last month, as the words of a sentence."""
    return {
        "period": period_of(period, language),
        "first": month_of(period.first, language),
        "last": month_of(period.last, language),
    }


def list_of(parts: Sequence[str], language: str) -> str:
    """Write an enumeration: ``a, b en c``."""
    return str(format_list(list(parts), locale=locale_of(language)))
