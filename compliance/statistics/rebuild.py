"""Make the counts anew from the entries: to compare with those that are kept, or to replace them.

Both read the entries below the cursor. A comparison sees counts, cursor and entries in one snapshot, so it may run
while others record and count. Counts of a period of which a month was destroyed at the end of its term are
neither compared nor replaced: nothing is left to make them from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from django.db import connection, transaction

from compliance.authorisations.models import AuthorisationUse
from compliance.kernel.clock import now
from compliance.ledger.logs import LogNumber
from compliance.ledger.transaction_ids import horizon
from compliance.statistics.counting import HOURS, TARGETS, Target, counting, insert
from compliance.statistics.cursor import lock_cursor, move_cursor
from compliance.statistics.models import FollowerCursor, HourCount, MonthCount
from compliance.statistics.names import FOLLOWER

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper


_PERIODS: Final = {
    HourCount._meta.db_table: ("hour", "hour + interval '1 hour'"),
    MonthCount._meta.db_table: (
        "month::timestamp AT TIME ZONE 'Europe/Brussels'",
        "(month + interval '1 month') AT TIME ZONE 'Europe/Brussels'",
    ),
    AuthorisationUse._meta.db_table: (
        "period_start::timestamp AT TIME ZONE 'Europe/Brussels'",
        "(period_start + ('1 ' || period)::interval) AT TIME ZONE 'Europe/Brussels'",
    ),
}


@dataclass(frozen=True, slots=True)
class Difference:
    """A count that is kept otherwise than the entries say: its table, its key, the two figures."""

    table: str
    key: str
    kept: int
    made: int


def compare() -> list[Difference]:
    """Return every kept count that differs from what the entries below the cursor give. One transaction, no lock."""
    with transaction.atomic(durable=True), connection.cursor() as database:
        database.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        _for_bulk(database)
        end = FollowerCursor.objects.filter(follower=FOLLOWER).values_list("next_xid", flat=True).first()
        database.execute(
            f"WITH hours AS MATERIALIZED ({HOURS}) {' UNION ALL '.join(map(_difference, TARGETS))} ORDER BY 1, 2",
            {"start": 0, "end": end or 0},
        )
        return [Difference(*row) for row in database.fetchall()]


def rebuild() -> int:
    """Replace all counts, and the cursor with them, by what the entries give. Return how many. One transaction."""
    at = now()
    with transaction.atomic(durable=True), connection.cursor() as database:
        lock_cursor(database, at=at, wait=True)
        until = horizon(database)
        _for_bulk(database)
        for target in TARGETS:
            database.execute(f"DELETE FROM {target.table} WHERE {_is_whole(target)}")  # noqa: S608 our own words
        database.execute(counting(_insert_whole), {"start": 0, "end": until})
        entries = int(database.fetchone()[0])
        move_cursor(database, next_xid=until, at=at)
        return entries


def _for_bulk(database: CursorWrapper) -> None:
    database.execute("SET LOCAL enable_sort = off")
    database.execute("SET LOCAL work_mem = '128MB'")


def _difference(target: Target) -> str:
    """Return the query of a table's differences; a count of zero is as good as none."""
    return (
        f"SELECT '{target.table}', concat_ws(' ', {target.columns}), "  # noqa: S608 every word is our own
        f"coalesce(kept.count, 0), coalesce(made.count, 0) "
        f"FROM {target.table} AS kept FULL JOIN ({target.query}) AS made USING ({target.columns}) "
        f"WHERE coalesce(kept.count, 0) <> coalesce(made.count, 0) AND {_is_whole(target)}"
    )


def _insert_whole(target: Target) -> str:
    whole = f"SELECT * FROM ({target.query}) AS counted WHERE {_is_whole(target)}"  # noqa: S608 our own words
    return insert(replace(target, query=whole))


def _is_whole(target: Target) -> str:
    """Return the condition that no destroyed month, which is one of UTC, touches the period of a count."""
    start, end = _PERIODS[target.table]
    return (
        "NOT EXISTS (SELECT FROM (SELECT month::timestamp AT TIME ZONE 'UTC' AS gone_from, "  # noqa: S608 our own words
        "(month + interval '1 month') AT TIME ZONE 'UTC' AS gone_until FROM ledger_destruction "
        f"WHERE log = {LogNumber.EXCHANGES:d}) AS gone WHERE gone_from < {end} AND gone_until > {start})"
    )
