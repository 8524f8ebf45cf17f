"""Whose turn it is to look at days, and to forget: one transaction's, at most, in the whole database.

Who erases waits for who looks, and is waited for: what was read before an erasure is never written after it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

_CLASS = 0x4B4244  # "KBD", so that other users of advisory locks do not meet ours


def take_turn(database: CursorWrapper, *, wait: bool) -> bool:
    """Take the turn until the transaction ends; tell whether it was free, or wait until it is."""
    if wait:
        database.execute("SELECT pg_advisory_xact_lock(%s, 1)", [_CLASS])
        return True
    database.execute("SELECT pg_try_advisory_xact_lock(%s, 1)", [_CLASS])
    return bool(database.fetchone()[0])
