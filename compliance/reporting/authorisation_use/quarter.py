"""Quarters of a year, as calendars of Brussels have them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.utils.translation import gettext as _

from compliance.kernel.errors import InvalidInputError
from compliance.reporting.months import Month

if TYPE_CHECKING:
    from datetime import date

_WRITTEN = re.compile(r"(?P<year>[12]\d{3})-Q(?P<number>[1-4])")
_MONTHS = 3


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A quarter of a year; written ``2016-Q1``."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return it as addresses have it."""
        return f"{self.year:04}-Q{self.number}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read ``2016-Q1``; raises InvalidInputError."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise InvalidInputError(_("A quarter is written as 2016-Q1."))
        return cls(int(found["year"]), int(found["number"]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the quarter of a day."""
        return cls(day.year, (day.month - 1) // _MONTHS + 1)

    @property
    def first_day(self) -> date:
        """The first day."""
        return self._first_month.first_day

    @property
    def end(self) -> date:
        """The day after the last."""
        return self._first_month.plus(_MONTHS).first_day

    @property
    def year_until_end(self) -> date:
        """The first day of the twelve months that end with it."""
        return self._first_month.plus(_MONTHS - 12).first_day

    def plus(self, quarters: int) -> Quarter:
        """Return the quarter that lies so many quarters later."""
        return Quarter.of(self._first_month.plus(quarters * _MONTHS).first_day)

    @property
    def _first_month(self) -> Month:
        return Month(self.year, (self.number - 1) * _MONTHS + 1)
