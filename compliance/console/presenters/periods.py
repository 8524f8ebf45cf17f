"""Periods of ceilings, and quarters, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from babel.dates import format_date
from django.utils.translation import gettext_lazy as _

from compliance.console.presenters import words
from compliance.reporting.numbers import locale_of

if TYPE_CHECKING:
    from compliance.reporting.authorisation_use.quarter import Quarter

PERIOD_WORDS = {"day": _("a day"), "week": _("a week"), "month": _("a month"), "year": _("a year")}


def quarter_words(quarter: Quarter) -> str:
    """``1st quarter 2016``."""
    return str(format_date(quarter.first_day, "QQQQ y", locale=locale_of(words.language())))
