"""Which checkpoints are published: signed by the log and cosigned by a quorum of the policy's witnesses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from compliance.ledger.checkpoint import CheckpointError, parse_checkpoint
from compliance.ledger.logs import origin_of
from compliance.ledger.notes import NoteError, parse
from compliance.ledger.trusted import confirm, current_policy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from compliance.ledger.policy import Confirmed, Policy

# Few checkpoints with enough cosignatures are not a quorum: groups may ask for particular witnesses.
_LOOKED_AT = 64
_LARGEST = 2**63 - 1

_ROWS = """
SELECT size, signed_at, note || coalesce(lines, '')
FROM ledger_checkpoint AS signed, LATERAL (
    SELECT string_agg(line, '' ORDER BY witness) AS lines, count(*) AS number
    FROM ledger_cosignature WHERE log = signed.log AND size = signed.size
) AS cosigned
WHERE log = %s AND size BETWEEN %s AND %s AND number >= %s
"""
_NEWEST = f"{_ROWS} ORDER BY size DESC LIMIT %s"
_OLDEST = f"{_ROWS} ORDER BY size LIMIT %s"

_REACHED = """
SELECT max(newest) FROM unnest(%s::text[]) AS wanted (witness), LATERAL (
    SELECT size AS newest FROM ledger_cosignature
    WHERE log = %s AND witness = wanted.witness ORDER BY size DESC LIMIT 1
) AS cosigned GROUP BY wanted.witness ORDER BY 1 DESC
"""


@dataclass(frozen=True, slots=True)
class PublishedCheckpoint:
    """A checkpoint with all its signature lines. ``witnesses`` are the names, in the policy, of who cosigned it."""

    size: int
    root: bytes
    note: str
    signed_at: datetime
    witnesses: list[str]
    quorum_met: bool


def latest_published(log: int) -> PublishedCheckpoint | None:
    """Return the newest checkpoint that a quorum confirmed.

    When there is none, the newest that is signed, and ``quorum_met`` is false; ``None`` when none is signed.
    """
    confirmed = _first_confirmed(log, _NEWEST, 0)
    if confirmed is not None:
        return confirmed
    return next(_read(log, _NEWEST, least=0, most=_LARGEST, fewest=0, rows=1), None)


def published_at_least(log: int, size: int) -> PublishedCheckpoint | None:
    """Return the first checkpoint of at least this size that a quorum confirmed."""
    return _first_confirmed(log, _OLDEST, size)


def _first_confirmed(log: int, statement: str, least: int) -> PublishedCheckpoint | None:
    policy = current_policy()
    if policy is None:
        return None
    fewest = policy.fewest()
    most = _reached(log, policy, fewest)
    rows = _read(log, statement, least=least, most=most, fewest=fewest, rows=_LOOKED_AT)
    return next((row for row in rows if row.quorum_met), None)


def _reached(log: int, policy: Policy, fewest: int) -> int:
    """Return the largest size that enough witnesses have reached.

    A day without a quorum leaves tens of thousands of checkpoints that need not be looked at one by one.
    """
    if fewest == 0:
        return _LARGEST
    with connection.cursor() as cursor:
        cursor.execute(_REACHED, [list(policy.witnesses), log])
        sizes = [size for (size,) in cursor.fetchall()]
    return sizes[fewest - 1] if len(sizes) >= fewest else 0


def _read(log: int, statement: str, *, least: int, most: int, fewest: int, rows: int) -> Iterator[PublishedCheckpoint]:
    with connection.cursor() as cursor:
        cursor.execute(statement, [log, least, most, fewest, rows])
        found = cursor.fetchall()
    for size, signed_at, note in found:
        checkpoint = _checkpoint(log, size, signed_at, note)
        if checkpoint is not None:
            yield checkpoint


def _checkpoint(log: int, size: int, signed_at: datetime, note: str) -> PublishedCheckpoint | None:
    """Read a row; one that is not a checkpoint of this log at this size was put there by somebody else."""
    try:
        checkpoint = parse_checkpoint(parse(note).text)
    except (NoteError, CheckpointError):
        return None
    if (checkpoint.origin, checkpoint.size) != (origin_of(log), size):
        return None
    confirmed: Confirmed | None = confirm(note)
    return PublishedCheckpoint(
        size=size,
        root=checkpoint.root,
        note=note,
        signed_at=signed_at,
        witnesses=[] if confirmed is None else sorted(confirmed.witnesses),
        quorum_met=confirmed is not None and confirmed.quorum_met,
    )
