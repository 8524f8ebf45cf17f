"""Whose turn it is to seal a log: one session's, at most, in the whole database.

A lock of the session, taken before the edge is read and given back when the session ends, however it
ends: who waits takes over as soon as the server has noticed.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLASS = 0x4B4249  # "KBI", so that other users of advisory locks do not meet ours


@contextmanager
def turn(log: int) -> Iterator[bool]:
    """Take the turn if it is free, and tell whether it was; give it back at the end."""
    is_mine = take(log)
    try:
        yield is_mine
    finally:
        if is_mine and connection.connection is not None and not connection.connection.closed:
            give_back(log)


def take(log: int) -> bool:
    """Take the turn for as long as this session lives; tell whether it was free."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_CLASS, log])
        return bool(cursor.fetchone()[0])


def give_back(log: int) -> None:
    """Give the turn back to whoever takes it first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_CLASS, log])
