"""A log that grows in a test: entries written, sealed and signed, with keys that only tests have."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from compliance.kernel.clock import now
from compliance.ledger.checkpoint import Checkpoint
from compliance.ledger.ed25519 import public_key
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.months import make_ahead
from compliance.ledger.notes import COSIGNATURE, sign_line, vkey
from compliance.ledger.positions import identifiers
from compliance.ledger.stored_tiles import tree_of
from tests.sealing import seal_everything

if TYPE_CHECKING:
    from datetime import datetime

LOG = LogNumber.OVERSIGHT
LOG_SEED = bytes(range(32))
WITNESS_SEED = bytes(range(1, 33))
WITNESS = "witness.example"
_INSERT = (
    "INSERT INTO ledger_entry (log, id, recorded_at, leaf) "
    "SELECT %s, id, %s, leaf FROM unnest(%s::uuid[], %s::bytea[]) AS new (id, leaf)"
)


def write_entries(count: int, *, log: int = LOG, at: datetime | None = None) -> dict[UUID, bytes]:
    """Write so many entries of this month, in one transaction."""
    make_ahead()
    at = at or now()
    milliseconds = int(now().timestamp() * 1000)
    made = [UUID(bytes=milliseconds.to_bytes(6) + os.urandom(10)) for _ in range(count)]
    entries = {identifier: b'{"id":"%s"}' % str(identifier).encode() for identifier in made}
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [log, at, list(entries), list(entries.values())])
    return entries


def grow(count: int) -> dict[UUID, bytes]:
    """Write so many entries, and seal all."""
    entries = write_entries(count)
    seal_everything(LOG)
    return entries


def sealed_leaves(entries: dict[UUID, bytes]) -> list[bytes]:
    """Return the leaves of these entries in the log's order."""
    return [entries[identifier] for identifier in identifiers(log=LOG, first=0, end=tree_of(LOG).size)]


def sign(*, log: int = LOG, cosigned_at: int | None = None, witness: str = WITNESS) -> str:
    """Keep a checkpoint of the log as it is now, signed by the log's key and by a witness; return its note."""
    tree = tree_of(log)
    text = Checkpoint(origin_of(log), tree.size, tree.root()).text()
    note = f"{text}\n{sign_line(text, name=origin_of(log), seed=LOG_SEED)}"
    line = sign_line(
        text, name=WITNESS, seed=WITNESS_SEED, kind=COSIGNATURE, time=cosigned_at or int(now().timestamp())
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_checkpoint (log, size, signed_at, note) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [log, tree.size, now(), note],
        )
        cursor.execute(
            "INSERT INTO ledger_cosignature (log, size, witness, cosigned_at, line) VALUES (%s, %s, %s, %s, %s) "
            "ON CONFLICT DO NOTHING",
            [log, tree.size, witness, now(), line],
        )
    return note + line


def policy(*, log: int = LOG, witness: str = "one", log_seed: bytes = LOG_SEED) -> str:
    """Return the policy by which the log's checkpoints are confirmed by one witness."""
    log_key = vkey(origin_of(log), public_key(log_seed))
    witness_key = vkey(WITNESS, public_key(WITNESS_SEED), COSIGNATURE)
    return f"log {log_key}\nwitness {witness} {witness_key}\nquorum {witness}\n"
