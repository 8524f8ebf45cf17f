"""Make the counts anew from the entries: to compare with those that are kept, or to replace them.

Both read the entries below the cursor. A comparison sees counts, cursor and entries in one snapshot, so it may run
while others record and count. Counts of a period of which a month was destroyed at the end of its term are
neither compared nor replaced: nothing is left to make them from.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from compliance.kernel.clock import now
from compliance.ledger.logs import LogNumber
from compliance.ledger.transaction_ids import horizon
from compliance.statistics.counting import STATISTICS
from compliance.statistics.counts import Counts, Target, insert, only
from compliance.statistics.cursor import lock_cursor, move_cursor
from compliance.statistics.models import FollowerCursor

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper


@dataclass(frozen=True, slots=True)
class Difference:
    """A count that is kept otherwise than the entries say: its table, its key, the two figures."""

    table: str
    key: str
    kept: int
    made: int


def compare(*, counts: Counts = STATISTICS) -> list[Difference]:
    """Return every kept count that differs from what the entries below the cursor give. One transaction, no lock."""
    with transaction.atomic(durable=True), connection.cursor() as database:
        database.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        _for_bulk(database)
        end = FollowerCursor.objects.filter(follower=counts.follower).values_list("next_xid", flat=True).first()
        database.execute(f"{counts.comparing(_difference)} ORDER BY 1, 2", {"start": 0, "end": end or 0})
        return [Difference(*row) for row in database.fetchall()]


def rebuild(*, counts: Counts = STATISTICS) -> int:
    """Replace the counts, and their cursor with them, by what the entries give. Return how many. One transaction."""
    at = now()
    with transaction.atomic(durable=True), connection.cursor() as database:
        lock_cursor(database, follower=counts.follower, at=at, wait=True)
        until = horizon(database)
        _for_bulk(database)
        for target in counts.targets:
            database.execute(f"DELETE FROM {target.table} WHERE {_is_whole(target)}")  # noqa: S608 our own words
        database.execute(counts.writing(_insert_whole), {"start": 0, "end": until})
        entries = int(database.fetchone()[0])
        move_cursor(database, follower=counts.follower, next_xid=until, at=at)
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
    return insert(only(target, _is_whole(target)))


def _is_whole(target: Target) -> str:
    """Return the condition that no destroyed month, which is one of UTC, touches the period of a count."""
    return (
        "NOT EXISTS (SELECT FROM (SELECT month::timestamp AT TIME ZONE 'UTC' AS gone_from, "  # noqa: S608 our own words
        "(month + interval '1 month') AT TIME ZONE 'UTC' AS gone_until FROM ledger_destruction "
        f"WHERE log = {LogNumber.EXCHANGES:d}) AS gone "
        f"WHERE gone_from < {target.ends} AND gone_until > {target.begins})"
    )
