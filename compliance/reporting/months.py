"""Months and runs of months, as calendars of Brussels have them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Self

from django.utils.translation import gettext_lazy as _

from compliance.kernel.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

_WRITTEN = re.compile(r"(?P<year>[12]\d{3})-(?P<number>0[1-9]|1[0-2])")
LONGEST = 600


@dataclass(frozen=True, order=True, slots=True)
class Month:
    """A month of a year; written ``2016-01``."""

    year: int
    number: int

    def __str__(self) -> str:
        """Return it as ISO 8601 writes it."""
        return f"{self.year:04}-{self.number:02}"

    @classmethod
    def read(cls, text: str) -> Self:
        """Read ``2016-01``; raises InvalidInputError."""
        found = _WRITTEN.fullmatch(text)
        if found is None:
            raise InvalidInputError(str(_("A month is written as 2016-01.")))
        return cls(int(found["year"]), int(found["number"]))

    @classmethod
    def of(cls, day: date) -> Self:
        """Return the month of a day."""
        return cls(day.year, day.month)

    @property
    def first_day(self) -> date:
        """The first day."""
        return date(self.year, self.number, 1)

    def plus(self, months: int) -> Month:
        """Return the month that lies so many months later."""
        year, number = divmod(self.year * 12 + self.number - 1 + months, 12)
        return Month(year, number + 1)


@dataclass(frozen=True, order=True, slots=True)
class Period:
    """A run of whole months, both ends included; raises InvalidInputError when it runs backwards or too long."""

    first: Month
    last: Month

    def __post_init__(self) -> None:
        """Refuse what is not a period."""
        if self.last < self.first:
            raise InvalidInputError(str(_("The last month lies before the first.")))
        if self.first.plus(LONGEST) <= self.last:
            raise InvalidInputError(str(_("A period of more than fifty years is too long.")))

    def __str__(self) -> str:
        """Return a year, a month, or ``first/last``."""
        if self.is_year:
            return str(self.first.year)
        return str(self.first) if self.is_month else f"{self.first}/{self.last}"

    def __iter__(self) -> Iterator[Month]:
        """Go through the months."""
        month = self.first
        while month <= self.last:
            yield month
            month = month.plus(1)

    def __contains__(self, month: Month) -> bool:
        """Tell whether a month lies within."""
        return self.first <= month <= self.last

    @property
    def start(self) -> date:
        """The first day."""
        return self.first.first_day

    @property
    def end(self) -> date:
        """The day after the last."""
        return self.last.plus(1).first_day

    @property
    def is_month(self) -> bool:
        """Whether it is one month."""
        return self.first == self.last

    @property
    def is_year(self) -> bool:
        """Whether it is one calendar year."""
        return self == Period.of_year(self.first.year)

    @classmethod
    def of_year(cls, year: int) -> Period:
        """Return a calendar year."""
        return cls(Month(year, 1), Month(year, 12))

    @classmethod
    def of_month(cls, month: Month) -> Period:
        """Return one month."""
        return cls(month, month)

    def beginning_in(self, year: int) -> Period:
        """Return the same months, beginning in another year."""
        shift = (year - self.first.year) * 12
        return Period(self.first.plus(shift), self.last.plus(shift))

    def by_year(self) -> Iterator[Period]:
        """Go through the calendar years, each cut to this period."""
        for year in range(self.first.year, self.last.year + 1):
            yield Period(max(self.first, Month(year, 1)), min(self.last, Month(year, 12)))

    def overlaps(self, start: date, end: date | None) -> bool:
        """Tell whether it shares a day with ``start`` until ``end`` (excluded; None is open)."""
        return start < self.end and (end is None or self.start < end)

    def lies_within(self, start: date, end: date | None) -> bool:
        """Tell whether ``start`` until ``end`` (excluded; None is open) holds every day of it."""
        return start <= self.start and (end is None or self.end <= end)
