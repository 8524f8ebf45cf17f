"""Make the counts anew from the entries: to compare with those that are kept, or to replace them.

Both read the entries below the cursor. A comparison sees counts, cursor and entries in one snapshot, so it may run
while others record and count. A month whose entries are no longer kept would be counted as nothing: compare first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from compliance.kernel.clock import now
from compliance.ledger.transaction_ids import horizon
from compliance.statistics.counting import HOURS, TARGETS, Target, counting, insert
from compliance.statistics.cursor import lock_cursor, move_cursor
from compliance.statistics.models import FollowerCursor
from compliance.statistics.names import FOLLOWER

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper


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
            database.execute(f"DELETE FROM {target.table}")  # noqa: S608 the table is our own
        database.execute(counting(insert), {"start": 0, "end": until})
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
        f"WHERE coalesce(kept.count, 0) <> coalesce(made.count, 0)"
    )
