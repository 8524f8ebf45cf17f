"""Monthly partitions: made ahead by a job, and on demand when old records come in."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, connection
from psycopg.errors import CheckViolation

from compliance.kernel.clock import now
from compliance.kernel.errors import InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTHS_AHEAD = 2


def month_of(moment: datetime) -> date:
    """Return the first day of the UTC month in which a moment falls: the partition's month."""
    utc = moment.astimezone(UTC)
    return date(utc.year, utc.month, 1)


class MonthClosedError(InvalidInputError):
    """A month in which nothing can be recorded: destroyed at the end of its term, or too far away."""

    problem_type = "month-closed"
    title = "Nothing can be recorded in this month: its records were destroyed at the end of their term."


def ensure_months(months: Iterable[date]) -> None:
    """Have the partitions of these months made where they are missing. Safe to call at once from anywhere.

    Raises :class:`MonthClosedError`.
    """
    with connection.cursor() as cursor:
        for month in sorted(set(months)):
            try:
                cursor.execute("SELECT make_month(%s)", [month])
            except IntegrityError as error:
                if isinstance(error.__cause__, CheckViolation):
                    raise MonthClosedError from error
                raise


def make_months_of(first: datetime, last: datetime) -> None:
    """Have all partitions from one moment to another made."""
    months = [month_of(first)]
    while months[-1] < month_of(last):
        months.append((months[-1] + timedelta(days=31)).replace(day=1))
    ensure_months(months)


def make_ahead() -> list[date]:
    """Make the partitions of this month and the next two; returns these months."""
    months = [month_of(now())]
    while len(months) <= MONTHS_AHEAD:
        months.append((months[-1] + timedelta(days=31)).replace(day=1))
    ensure_months(months)
    return months
