"""The newest checkpoint that the signer signed, with the lines of the witnesses who have cosigned it so far."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

from compliance.ledger.checkpoint import Checkpoint, parse_checkpoint
from compliance.ledger.notes import parse

_NEWEST = "SELECT size, note FROM ledger_checkpoint WHERE log = %s ORDER BY size DESC LIMIT 1"
_COSIGNED = "SELECT line FROM ledger_cosignature WHERE log = %s AND size = %s ORDER BY cosigned_at, witness"


class SignedCheckpoint(NamedTuple):
    """A checkpoint, and the signed note that says it."""

    checkpoint: Checkpoint
    note: str


def newest_signed(log: int) -> SignedCheckpoint | None:
    """Return a log's newest signed checkpoint, whoever has cosigned it; ``None`` while nobody signed any."""
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, [log])
        row = cursor.fetchone()
        if row is None:
            return None
        size, note = row
        cursor.execute(_COSIGNED, [log, size])
        lines = [line.rstrip("\n") + "\n" for (line,) in cursor.fetchall()]
    known = set(note.splitlines(keepends=True))
    return as_signed(note + "".join(line for line in lines if line not in known))


def as_signed(note: str) -> SignedCheckpoint:
    """Read a note that was verified before. Raises ``NoteError`` and ``CheckpointError``."""
    return SignedCheckpoint(parse_checkpoint(parse(note).text), note)
