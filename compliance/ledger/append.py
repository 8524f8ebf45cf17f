"""Append a single entry to a log: for acts and decisions, which come one at a time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID


def append(*, log: int, identifier: UUID, recorded_at: datetime, leaf: bytes) -> None:
    """Write one leaf (canonical bytes) in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_entry (id, log, recorded_at, leaf) VALUES (%s, %s, %s, %s)",
            [identifier, log, recorded_at, leaf],
        )
