"""Who vouches for a checkpoint: the log's key, and the witnesses', by a policy. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.ledger.checkpoint import CheckpointError, parse_checkpoint
from compliance.ledger.notes import NoteError, parse
from compliance.ledger.policy import NONE, Policy, PolicyError
from compliance.reporting.evidence.verifier.bounds import Witnessed, moment_text
from compliance.reporting.evidence.verifier.verdict import CHECKPOINT, PASSED, UNPROVEN, WITNESSES

if TYPE_CHECKING:
    from compliance.ledger.checkpoint import Checkpoint
    from compliance.ledger.policy import Confirmed
    from compliance.reporting.evidence.verifier.verdict import Findings


@dataclass(frozen=True)
class Trust:
    """By which policy is judged, and whether it is the reader's own rather than the bundle's."""

    policy: Policy
    is_pinned: bool


def confirmed_by(trust: Trust, note: str) -> Confirmed:
    """Verify a signed checkpoint. Raises :class:`PolicyError`."""
    try:
        return trust.policy.confirm(parse(note))
    except NoteError as error:
        raise PolicyError(str(error)) from error


def read_head(note: str) -> Checkpoint | None:
    """Return what a checkpoint says, without verifying it, or ``None`` when it is none."""
    try:
        return parse_checkpoint(parse(note).text)
    except (NoteError, CheckpointError):
        return None


def check_authorship(findings: Findings, *, trust: Trust, note: str) -> Confirmed | None:
    """Check the signature and the cosignatures of the checkpoint that all else leads to."""
    try:
        confirmed = confirmed_by(trust, note)
    except PolicyError as error:
        findings.fail(CHECKPOINT, "checkpoint-unsigned", why=str(error))
        findings.fail(WITNESSES, "witnesses-unread")
        return None
    head = confirmed.checkpoint
    if trust.is_pinned:
        findings.conclude(CHECKPOINT, PASSED, "checkpoint-signed", origin=head.origin, size=head.size)
    else:
        findings.conclude(CHECKPOINT, UNPROVEN, "checkpoint-own-keys", origin=head.origin, size=head.size)
    names = ", ".join(sorted(confirmed.witnesses))
    count = len(trust.policy.witnesses)
    if not confirmed.quorum_met:
        findings.fail(WITNESSES, "witnesses-short", found=len(confirmed.witnesses), count=count, names=names or "-")
    elif trust.policy.quorum == NONE:
        findings.conclude(WITNESSES, UNPROVEN, "witnesses-none")
    else:
        moment = moment_text(max(confirmed.witnesses.values()))
        named = {"found": len(confirmed.witnesses), "count": count, "names": names, "moment": moment}
        if trust.is_pinned:
            findings.conclude(WITNESSES, PASSED, "witnesses-enough", **named)
        else:
            findings.conclude(WITNESSES, UNPROVEN, "witnesses-own-keys", **named)
    return confirmed


def witnessed_of(confirmed: Confirmed) -> list[Witnessed]:
    """Return when a verified checkpoint was witnessed; nothing when no witness vouched for it."""
    times = confirmed.witnesses.values()
    return [Witnessed(confirmed.checkpoint.size, min(times), max(times))] if times else []
