"""Who writes a log's tiles does so alone: two writers would do the work twice, and could set a checkpoint back."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Iterator

_CLASS = 0x4B4254  # "KBT": other than the sealer's, who must never wait for this


@contextmanager
def alone(log: int) -> Iterator[bool]:
    """Tell whether nobody else writes this log's tiles, and keep others off meanwhile; a lock of the session."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [_CLASS, log])
        (is_alone,) = cursor.fetchone()
    try:
        yield is_alone
    finally:
        if is_alone and connection.connection is not None and not connection.connection.closed:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [_CLASS, log])
