"""Mark the hours of which something was sealed since the last time, exactly once.

Marks and cursor move in one transaction, behind a lock on the cursor: what comes late, or in another order, opens its
day again. A correction also marks the hour of what it corrects. Only what has its place in the log is followed, and
only what statistics counted: a finding names places, and is held against counts.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection, transaction

from compliance.detection.names import FOLLOWER
from compliance.kernel.clock import now
from compliance.ledger.logs import LogNumber
from compliance.ledger.positions import sealed_below
from compliance.statistics.catch_up import FIRST_WINDOW, next_window
from compliance.statistics.cursor import lock_cursor, move_cursor
from compliance.statistics.names import FOLLOWER as COUNTED

if TYPE_CHECKING:
    from collections.abc import Callable

_COUNTED = "SELECT next_xid FROM compliance_followercursor WHERE follower = %s"
_HOUR = "date_bin('1 hour', started_at, '2000-01-01 00:00+00')"
_MARK = f"""
    INSERT INTO compliance_dirtyhour AS kept (hour, mark, since)
    SELECT hour, pg_current_xact_id()::text::bigint, %(at)s
      FROM (SELECT {_HOUR} AS hour FROM exchanges_exchange WHERE xid >= %(start)s AND xid < %(end)s
             UNION
            SELECT {_HOUR}
              FROM (SELECT original.started_at
                      FROM exchanges_exchange AS correction
                     CROSS JOIN LATERAL (
                           SELECT started_at FROM exchanges_exchange
                            WHERE id = correction.corrects AND log = correction.log OFFSET 0) AS original
                     WHERE correction.xid >= %(start)s AND correction.xid < %(end)s
                       AND correction.corrects IS NOT NULL) AS corrected) AS touched
    ON CONFLICT (hour) DO UPDATE SET mark = excluded.mark
"""  # noqa: S608 every word is our own


@dataclass(frozen=True, slots=True)
class Marked:
    """What was marked: hours, the cursor that was left, how far it might go; ``busy`` is another's turn."""

    hours: int
    next_xid: int
    sealed_below: int
    busy: bool = False

    @property
    def caught_up(self) -> bool:
        """Whether every hour is marked of which something was sealed."""
        return not self.busy and self.next_xid >= self.sealed_below


def follow(*, widest: int) -> Marked:
    """Mark the hours of at most ``widest`` transactions. One durable transaction."""
    at = now()
    with transaction.atomic(durable=True), connection.cursor() as database:
        start = lock_cursor(database, follower=FOLLOWER, at=at, wait=False)
        if start is None:
            return Marked(0, 0, 0, busy=True)
        database.execute(_COUNTED, [COUNTED])
        counted = database.fetchone()
        until = min(sealed_below(LogNumber.EXCHANGES), 0 if counted is None else int(counted[0]))
        end = min(until, start + widest)
        if end <= start:
            return Marked(0, start, until)
        # The window is narrow against the table, which the planner cannot know: let it go by the BRIN index on xid.
        database.execute("SET LOCAL enable_seqscan = off")
        database.execute(_MARK, {"start": start, "end": end, "at": at})
        hours = database.rowcount
        move_cursor(database, follower=FOLLOWER, next_xid=end, at=at)
        return Marked(hours, end, until)


def mark_all(*, progress: Callable[[int], object] | None = None) -> Marked:
    """Mark until nothing is left, a window a transaction. Leaves when another is at it."""
    hours, window = 0, FIRST_WINDOW
    while True:
        began = time.monotonic()
        marked = follow(widest=window)
        hours += marked.hours
        if progress is not None:
            progress(marked.hours)
        if marked.busy or marked.caught_up:
            return Marked(hours, marked.next_xid, marked.sealed_below, marked.busy)
        window = next_window(window, seconds=time.monotonic() - began)
