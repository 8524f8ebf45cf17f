"""What was signed, cosigned and timestamped of the sizes in a stretch, held against the roots and against the policy.

Keys come from the policy of the settings alone, never from the database.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.conf import settings

from compliance.ledger.checkpoint import Checkpoint, CheckpointError, parse_checkpoint
from compliance.ledger.logs import origin_of
from compliance.ledger.notes import Note, NoteError, parse, parse_signatures
from compliance.ledger.timestamps.digest import digest_of
from compliance.ledger.timestamps.trusted import trusted_certificates
from compliance.ledger.timestamps.verify_token import TokenError, verify_token
from compliance.ledger.trusted import current_policy
from compliance.ledger.verify.findings import Check, Findings
from compliance.ledger.verify.signatures import time_signed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.backends.utils import CursorWrapper

    from compliance.ledger.policy import Policy

_CHECKPOINTS = (
    "SELECT size, signed_at, note FROM ledger_checkpoint WHERE log = %s AND size > %s AND size <= %s ORDER BY size"
)
_COSIGNATURES = (
    "SELECT size, witness, cosigned_at, line FROM ledger_cosignature WHERE log = %s AND size > %s AND size <= %s "
    "ORDER BY size, witness"
)
_TIMESTAMPS = (
    "SELECT size, authority, stamped_at, token FROM ledger_timestamp WHERE log = %s AND size > %s AND size <= %s "
    "ORDER BY size, authority"
)
_SIGHTS = """
WITH sight AS NOT MATERIALIZED (
    SELECT size FROM ledger_cosignature WHERE log = %(log)s
    UNION ALL SELECT size FROM ledger_timestamp WHERE log = %(log)s)
SELECT (SELECT max(size) FROM sight WHERE size <= %(first)s), (SELECT min(size) FROM sight WHERE size > %(end)s)
"""


class Seen(NamedTuple):
    """That somebody outside saw the log at a size, at a moment; ``by`` says who, in words."""

    size: int
    at: datetime
    by: str


class Signed(NamedTuple):
    """A checkpoint as it is kept."""

    size: int
    signed_at: datetime
    note: str


def read_checkpoints(cursor: CursorWrapper, *, log: int, above: int, to: int) -> list[Signed]:
    """Return the checkpoints of the sizes above one and up to another."""
    cursor.execute(_CHECKPOINTS, [log, above, to])
    return [Signed(*row) for row in cursor.fetchall()]


def stretch_of_sights(cursor: CursorWrapper, *, log: int, first: int, end: int) -> tuple[int, int]:
    """Return between which sizes (above one, up to another) all cosignatures and timestamps bear on a stretch.

    The last one before the stretch and the next one after it say something of its leaves too.
    """
    cursor.execute(_SIGHTS, {"log": log, "first": first, "end": end})
    before, after = cursor.fetchone()
    return (first if before is None else before - 1), (end if after is None else after)


def check_checkpoints(signed: list[Signed], *, log: int, roots: Mapping[int, bytes], findings: Findings) -> None:
    """Check who signed them, and that they are of this log; ``roots`` are the log's at their sizes, where known."""
    policy = current_policy()
    if policy is None and signed:
        findings.remark(Check.CHECKPOINT_SIGNATURE, "No policy is set: no signature under a checkpoint was verified.")
    for checkpoint in signed:
        told = f"The checkpoint of {checkpoint.size} leaves"
        read = _read(checkpoint.note)
        if read is None:
            findings.fail(Check.CHECKPOINT_SIGNATURE, f"{told} is none.", checkpoint.size)
            continue
        note, stated = read
        if (stated.origin, stated.size) != (origin_of(log), checkpoint.size):
            sentence = f"{told} is one of {stated.size} leaves of {stated.origin}."
            findings.fail(Check.CHECKPOINT_SIGNATURE, sentence, checkpoint.size)
        elif checkpoint.size in roots and roots[checkpoint.size] != stated.root:
            findings.fail(Check.CHECKPOINT_ROOT, f"{told} has another root than the entries.", checkpoint.size)
        if policy is not None and not _is_signed(note, policy, stated.origin):
            sentence = f"{told} bears no signature that a key of the policy made."
            findings.fail(Check.CHECKPOINT_SIGNATURE, sentence, checkpoint.size)


def cosigned(cursor: CursorWrapper, *, log: int, above: int, to: int, findings: Findings) -> list[Seen]:
    """Return which sizes the policy's witnesses saw, and when; note lines that they did not write."""
    policy = current_policy()
    if policy is None:
        return []
    notes = {signed.size: signed.note for signed in read_checkpoints(cursor, log=log, above=above, to=to)}
    cursor.execute(_COSIGNATURES, [log, above, to])
    found = []
    for size, name, cosigned_at, line in cursor.fetchall():
        witness = policy.witnesses.get(name)
        if witness is None:
            continue  # of an earlier policy: nothing can be said of it
        time = _cosigned_at(notes.get(size, ""), line, witness.verifier)
        if time is None:
            sentence = f"What stands as the signature of {name} under the checkpoint of {size} leaves is not {name}'s."
            findings.fail(Check.QUORUM, sentence, size)
            continue
        at = datetime.fromtimestamp(time, UTC)
        if at != cosigned_at:
            sentence = (
                f"{name} signed the checkpoint of {size} leaves at {at:%Y-%m-%d %H:%M:%S}, not when the row says."
            )
            findings.fail(Check.TIME_BOUNDS, sentence, size)
        found.append(Seen(size, at, f"the witness {name}"))
    return found


def stamped(cursor: CursorWrapper, *, log: int, above: int, to: int, findings: Findings) -> list[Seen]:
    """Return which sizes the trusted authorities stamped, and when; note tokens that prove nothing."""
    cursor.execute(_TIMESTAMPS, [log, above, to])
    rows = cursor.fetchall()
    if not rows:
        return []
    if settings.TIMESTAMP_AUTHORITY_FILE is None:
        findings.remark(Check.TIMESTAMP, "No authority is trusted by the settings: no timestamp was verified.")
        return []
    certificates = trusted_certificates(settings.TIMESTAMP_AUTHORITY_FILE)
    notes = {signed.size: signed.note for signed in read_checkpoints(cursor, log=log, above=above, to=to)}
    found = []
    for size, authority, stamped_at, token in rows:
        told = f"The timestamp on the checkpoint of {size} leaves"
        try:
            at = verify_token(token=bytes(token), digest=digest_of(notes.get(size, "")), roots=certificates)
        except (TokenError, NoteError):
            findings.fail(Check.TIMESTAMP, f"{told} is not one that a trusted authority gave.", size)
            continue
        if at != stamped_at:
            sentence = f"{told} says {at:%Y-%m-%d %H:%M:%S}, and its row another time."
            findings.fail(Check.TIMESTAMP, sentence, size)
        found.append(Seen(size, at, f"the authority {authority}"))
    return found


def _read(written: str) -> tuple[Note, Checkpoint] | None:
    try:
        note = parse(written)
        return note, parse_checkpoint(note.text)
    except (NoteError, CheckpointError):
        return None


def _is_signed(note: Note, policy: Policy, origin: str) -> bool:
    verifiers = policy.verifiers_of(origin)
    return any(time_signed(note.text, signature, verifiers) is not None for signature in note.signatures)


def _cosigned_at(note: str, line: str, verifier: object) -> int | None:
    try:
        text = parse(note).text
        return next((time_signed(text, made, [verifier]) for made in parse_signatures(line)), None)  # type: ignore[list-item]
    except NoteError:
        return None
