"""Count what was recorded since the last time, exactly once.

Counts and cursor move in one transaction, behind a lock on the cursor. A worker that is killed leaves both as
they were; a second worker leaves at once, or waits and finds the cursor moved.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import OperationalError, connection, transaction
from psycopg.errors import QueryCanceled

from compliance.kernel.clock import now
from compliance.ledger.transaction_ids import TransactionIdsWentBackError, frontier, horizon
from compliance.statistics.counting import STATISTICS
from compliance.statistics.counts import Counts, upsert
from compliance.statistics.cursor import lock_cursor, move_cursor

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

WIDEST = 2**62


@dataclass(frozen=True, slots=True)
class Followed:
    """What one transaction did: entries counted, the cursor it left, the horizon it saw; ``busy`` is another's turn."""

    entries: int
    next_xid: int
    horizon: int
    busy: bool = False

    @property
    def caught_up(self) -> bool:
        """Whether everything below the horizon is counted."""
        return not self.busy and self.next_xid >= self.horizon


class TooWideError(Exception):
    """A window held more than could be counted in the time that was given; nothing was counted."""


def follow(
    *, counts: Counts = STATISTICS, widest: int = WIDEST, wait: bool = False, seconds: int | None = None
) -> Followed:
    """Count the entries of at most ``widest`` transactions. One durable transaction.

    ``wait`` waits for another follower instead of leaving. Raises :class:`TooWideError` when counting takes more than
    ``seconds``.
    """
    at = now()
    with transaction.atomic(durable=True), connection.cursor() as database:
        start = lock_cursor(database, follower=counts.follower, at=at, wait=wait)
        if start is None:
            return Followed(0, 0, 0, busy=True)
        # Read after the lock, in a statement of its own: the counting below has a later snapshot and sees all below.
        until = horizon(database)
        if start > until and start > frontier(database) + 1:
            raise TransactionIdsWentBackError
        end = min(until, start + widest)
        entries = _count(database, counts, start=start, end=end, seconds=seconds) if end > start else 0
        if end > start:
            move_cursor(database, follower=counts.follower, next_xid=end, at=at)
        return Followed(entries, max(end, start), until)


def _count(database: CursorWrapper, counts: Counts, *, start: int, end: int, seconds: int | None) -> int:
    """Add the entries of a window to every table of counts in one statement; return how many there were."""
    # A window is narrow against the tables, which the planner cannot know before they are analysed: let it go by
    # the BRIN index on xid, and by hash, of which the groups of some ten million entries fit in this memory.
    database.execute("SET LOCAL enable_seqscan = off")
    database.execute("SET LOCAL enable_sort = off")
    database.execute("SET LOCAL work_mem = '128MB'")
    if seconds is not None:
        database.execute("SET LOCAL statement_timeout = %s", [seconds * 1000])
    try:
        database.execute(counts.writing(upsert), {"start": start, "end": end})
    except OperationalError as error:
        if isinstance(error.__cause__, QueryCanceled):
            raise TooWideError from error
        raise
    return int(database.fetchone()[0])
