"""How long records are kept: by the class in their entry, from the end of the month of the exchange."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings
from django.db import connection

from compliance.exchanges.vocabulary import RetentionClass
from compliance.kernel.record_id import first_at

if TYPE_CHECKING:
    from uuid import UUID

# The end of the partition's name says which month it is.
_PARTITIONS = "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = 'ledger_entry'::regclass"
_THIRTY = 30


class Month(NamedTuple):
    """A calendar month (UTC), as the tables are cut."""

    year: int
    number: int

    @classmethod
    def parse(cls, written: str) -> Month:
        """Read it as it is written: ``2012-03``."""
        year, _, number = written.partition("-")
        return cls(int(year), int(number))

    def __str__(self) -> str:
        """Return it as ``2012-03``."""
        return f"{self.year:04}-{self.number:02}"

    @property
    def first_day(self) -> date:
        """The month as the database names it."""
        return date(self.year, self.number, 1)

    @property
    def next(self) -> Month:
        """The month after it."""
        return Month(self.year + self.number // 12, self.number % 12 + 1)

    @property
    def start(self) -> datetime:
        """Its first moment."""
        return datetime(self.year, self.number, 1, tzinfo=UTC)

    @property
    def ids(self) -> tuple[UUID, UUID]:
        """The identifiers of the month: from the first one, until the second (excluded)."""
        return first_at(self.start), first_at(self.next.start)

    def is_past(self, *, years: int, at: datetime) -> bool:
        """Tell whether so many years have passed since the month's end."""
        end = self.next
        return Month(end.year + years, end.number).start <= at


def years_kept(retention: RetentionClass) -> int:
    """Return the term of a class of records."""
    match retention:
        case RetentionClass.TEN_YEARS:
            return int(settings.RETENTION_YEARS)
        case RetentionClass.THIRTY_YEARS:
            return max(_THIRTY, int(settings.RETENTION_YEARS))


def months_kept() -> list[Month]:
    """Return the months that are in the tables, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_PARTITIONS)
        names = [name for (name,) in cursor.fetchall()]
    return sorted(Month(int(name[-7:-3]), int(name[-2:])) for name in names)
