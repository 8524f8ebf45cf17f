"""The divisor of "per working day": the working days of the months that have figures, as far as they have passed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING

from compliance.kernel.clock import BRUSSELS
from compliance.registry.working_days import working_days
from compliance.reporting.answer_shape import WorkingDays

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date, datetime

    from compliance.reporting.months import Period


@dataclass(frozen=True, slots=True)
class Divisor:
    """The working days of the calendar that an answer touches; ``passed`` is the day after the last that counts."""

    days: tuple[date, ...]
    passed: date

    def working_days(self, *, known: Iterable[Period], period: Period, value: int | None) -> WorkingDays:
        """Divide a figure of a period by the working days of those of its rows that are known."""
        until = min(period.end, self.passed)
        days = sum(row.start <= day < min(row.end, until) for row in known for day in self.days)
        return WorkingDays(days, until, Fraction(value, days) if days and value is not None else None)


def read_divisor(*, periods: Collection[Period], counted_until: datetime | None) -> Divisor:
    """Read the calendar: official holidays and our own closing days. One query at the most.

    A period that still runs is divided by the days up to and including the one on which was last counted.
    """
    start, end = min(period.start for period in periods), max(period.end for period in periods)
    passed = end if counted_until is None else counted_until.astimezone(BRUSSELS).date() + timedelta(days=1)
    return Divisor(tuple(working_days(start, end)), max(passed, start))
