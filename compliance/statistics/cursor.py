"""A follower's cursor: every transaction below it is counted, none from it on.

Why entries are followed by transaction, and up to where, is told in :mod:`compliance.ledger.transaction_ids`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.backends.utils import CursorWrapper


_MAKE = """
    INSERT INTO compliance_followercursor (follower, next_xid, moved_at) VALUES (%s, 0, %s) ON CONFLICT DO NOTHING
"""
_LOCK = "SELECT next_xid FROM compliance_followercursor WHERE follower = %s FOR UPDATE"


def lock_cursor(database: CursorWrapper, *, follower: str, at: datetime, wait: bool) -> int | None:
    """Lock the cursor until the transaction ends and return it; None when another follower holds it."""
    database.execute(_MAKE, [follower, at])
    database.execute(_LOCK if wait else f"{_LOCK} SKIP LOCKED", [follower])
    found = database.fetchone()
    return None if found is None else int(found[0])


def move_cursor(database: CursorWrapper, *, follower: str, next_xid: int, at: datetime) -> None:
    """Put the locked cursor further."""
    database.execute(
        "UPDATE compliance_followercursor SET next_xid = %s, moved_at = %s WHERE follower = %s",
        [next_xid, at, follower],
    )
