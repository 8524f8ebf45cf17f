"""A ledger of exchanges that is sealed, signed and confirmed, with keys that only tests have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from compliance.kernel.clock import now
from compliance.ledger.checkpoint import Checkpoint
from compliance.ledger.ed25519 import public_key
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.notes import COSIGNATURE, sign_line, vkey
from compliance.ledger.stored_tiles import tree_of
from tests.sealing import seal_everything

if TYPE_CHECKING:
    from pathlib import Path

LOG = LogNumber.EXCHANGES
LOG_SEED = b"l" * 32
WITNESSES = {"city-archive": b"1" * 32, "court-of-audit": b"2" * 32}


def seal(log: LogNumber = LOG) -> int:
    """Seal all; return the size."""
    return seal_everything(log)


def sign(*witnesses: str, log: LogNumber = LOG) -> str:
    """Keep a checkpoint of what is sealed, confirmed by these witnesses; return its text."""
    tree = tree_of(log)
    text = Checkpoint(origin_of(log), tree.size, tree.root()).text()
    at = now()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_checkpoint (log, size, signed_at, note) VALUES (%s, %s, %s, %s)",
            [log, tree.size, at, f"{text}\n{sign_line(text, name=origin_of(log), seed=LOG_SEED)}"],
        )
        for name in witnesses:
            seed, time = WITNESSES[name], int(at.timestamp())
            line = sign_line(text, name=f"{name}.example", seed=seed, kind=COSIGNATURE, time=time)
            cursor.execute(
                "INSERT INTO ledger_cosignature (log, size, witness, cosigned_at, line) VALUES (%s, %s, %s, %s, %s)",
                [log, tree.size, name, at, line],
            )
    return text


def stamp(*, log: LogNumber = LOG, authority: str = "CN=Time stamps,O=Outside") -> None:
    """Keep a timestamp of what is sealed; its token is none, for nothing here reads it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_timestamp (log, size, authority, stamped_at, token) VALUES (%s, %s, %s, %s, %s)",
            [log, tree_of(log).size, authority, now(), b""],
        )


def write_policy(folder: Path) -> Path:
    """Write a policy by which both witnesses must confirm; return its file."""
    # Each log has a key of its own: a policy refuses one key for two logs.
    lines = [f"log {vkey(origin_of(LOG), public_key(LOG_SEED))}"]
    lines += [
        f"witness {name} {vkey(f'{name}.example', public_key(seed), COSIGNATURE)}" for name, seed in WITNESSES.items()
    ]
    lines += [f"group both all {' '.join(WITNESSES)}", "quorum both", ""]
    policy = folder / "policy.txt"
    policy.write_text("\n".join(lines), encoding="utf-8")
    return policy
