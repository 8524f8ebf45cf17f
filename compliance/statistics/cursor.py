"""The follower's cursor: every transaction below it is counted, none from it on.

Entries are followed by the id of the transaction that wrote them, never by ``id > last``: a transaction may commit
long after one that began later, and a follower that had passed its ids would miss its rows for ever. The horizon
is the oldest transaction that may still commit; below it all is decided, so each window is read once, whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.statistics.names import FOLLOWER

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.backends.utils import CursorWrapper


_MAKE = """
    INSERT INTO compliance_followercursor (follower, next_xid, moved_at) VALUES (%s, 0, %s) ON CONFLICT DO NOTHING
"""
_LOCK = "SELECT next_xid FROM compliance_followercursor WHERE follower = %s FOR UPDATE"


def lock_cursor(database: CursorWrapper, *, at: datetime, wait: bool) -> int | None:
    """Lock the cursor until the transaction ends and return it; None when another follower holds it."""
    database.execute(_MAKE, [FOLLOWER, at])
    database.execute(_LOCK if wait else f"{_LOCK} SKIP LOCKED", [FOLLOWER])
    found = database.fetchone()
    return None if found is None else int(found[0])


def move_cursor(database: CursorWrapper, *, next_xid: int, at: datetime) -> None:
    """Put the locked cursor further."""
    database.execute(
        "UPDATE compliance_followercursor SET next_xid = %s, moved_at = %s WHERE follower = %s",
        [next_xid, at, FOLLOWER],
    )


def horizon(database: CursorWrapper) -> int:
    """Return the id below which every transaction has ended."""
    database.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
    return int(database.fetchone()[0])


def frontier(database: CursorWrapper) -> int:
    """Return an id that is higher than that of every transaction that has begun to write.

    It takes one itself: the xmax of a snapshot says what has ended, and may lie below what runs.
    """
    database.execute("SELECT pg_current_xact_id()::text::bigint")
    return int(database.fetchone()[0])
