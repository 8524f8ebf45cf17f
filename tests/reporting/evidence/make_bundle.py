"""A real bundle from a real sealed log: records, seal, sign and witness, export. Also for whoever needs a sample."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
from django.conf import settings
from django.db import connection

from compliance.exchanges.record import record
from compliance.exchanges.submission import Submission
from compliance.kernel.actor import system
from compliance.kernel.clock import now
from compliance.ledger.checkpoint import Checkpoint
from compliance.ledger.ed25519 import public_key
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.models import Head
from compliance.ledger.notes import COSIGNATURE, sign_line, vkey
from compliance.reporting.evidence.export import export_evidence
from compliance.reporting.evidence.request import EvidenceRequest
from tests.exchanges.world import GATEWAY, fields
from tests.sealing import seal_everything

if TYPE_CHECKING:
    from collections.abc import Iterator

LOG_SEED = b"log key of the tests, 32 bytes!!"
WITNESSES = {
    "witness.example/one": b"first witness of tests, 32 bytes",
    "witness.example/two": b"other witness of tests, 32 bytes",
}
ACTOR = system("export_evidence")
_LOG = LogNumber.EXCHANGES
_numbers = count(1)


def policy_text() -> str:
    """Return the policy of the tests' log: both witnesses must confirm."""
    lines = [f"log {vkey(origin_of(_LOG), public_key(LOG_SEED))}"]
    for number, (name, seed) in enumerate(WITNESSES.items()):
        lines.append(f"witness w{number} {vkey(name, public_key(seed), COSIGNATURE)}")
    return "\n".join([*lines, "group both all w0 w1", "quorum both", ""])


def use_policy(folder: Path) -> Path:
    """Write the policy where the settings name it, and return the file. The caller puts the setting back."""
    file = folder / "policy.txt"
    file.write_text(policy_text(), encoding="utf-8")
    settings.WITNESS_POLICY_FILE = file
    return file


def record_some(number: int, **changes: Any) -> list[str]:
    """Record so many exchanges of VDAB, each with a reference of its own; return their identifiers."""
    reports = []
    for each in range(number):
        told = fields(message_reference=f"evidence-{next(_numbers):06d}", producer_sequence=None, **changes)
        told["started_at"] = f"2016-03-01T09:{each // 60 % 60:02d}:{each % 60:02d}.{each:06d}Z"
        reports.append(msgspec.convert(told | changes, Submission))
    return [str(answer.id) for answer in record(reports=reports, reporter=GATEWAY)]


def publish_now(*, at: datetime | None = None, seed: bytes = LOG_SEED) -> int:
    """Seal what is there; sign the head and have both witnesses confirm it at a moment; return its size."""
    seal_everything(_LOG)
    head = Head.objects.filter(log=_LOG).order_by("-size")[0]
    moment = at or now()
    text = Checkpoint(origin_of(_LOG), head.size, bytes(head.root)).text()
    note = f"{text}\n{sign_line(text, name=origin_of(_LOG), seed=seed)}"
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_checkpoint (log, size, signed_at, note) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING",
            [_LOG, head.size, moment, note],
        )
        for name, key in enumerate(WITNESSES.items()):
            line = sign_line(text, name=key[0], seed=key[1], kind=COSIGNATURE, time=int(moment.timestamp()))
            cursor.execute(
                "INSERT INTO ledger_cosignature (log, size, witness, cosigned_at, line) VALUES (%s, %s, %s, %s, %s) "
                "ON CONFLICT DO NOTHING",
                [_LOG, head.size, f"w{name}", moment, line],
            )
    return int(head.size)


@dataclass(frozen=True)
class Made:
    """A bundle in a file, and the reader's own policy beside it."""

    bundle: Path
    policy: Path


def make_bundle(folder: Path, name: str = "bundle.zip", **asked: Any) -> Made:
    """Export a bundle of what is published into a folder; ``asked`` are fields of the request."""
    request = EvidenceRequest(**{"language": "en", "valid_for": timedelta(days=30), **asked})
    file = folder / name
    with file.open("wb") as out:
        for part in export_evidence(request=request, actor=ACTOR):
            out.write(part)
    assert settings.WITNESS_POLICY_FILE is not None
    return Made(file, Path(settings.WITNESS_POLICY_FILE))


def published_world(folder: Path, records: int = 300) -> Iterator[Path]:
    """Have two partners' exchanges recorded, sealed and confirmed, twice; yield the policy's file."""
    before = settings.WITNESS_POLICY_FILE
    policy = use_policy(folder)
    try:
        record_some(records // 2)
        publish_now()
        record_some(records // 4, outcome="failed", categories_delivered=[], decision="quoted")
        record_some(records - records // 2 - records // 4, asker={"organisation": "VMSW"})
        publish_now()
        yield policy
    finally:
        settings.WITNESS_POLICY_FILE = before
