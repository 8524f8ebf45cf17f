"""Publish: have the newest head signed, and cosigned by the witnesses of the policy.

Every step can be done again: the signer signs the same head twice, a witness cosigns it twice, a row
that is there stays as it is. Whoever does not hear that something was kept simply begins anew, from
what the other side says it has. The network is never asked within a database transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import structlog
from django.conf import settings
from django.db import connection

from compliance.kernel.clock import now
from compliance.kernel.errors import ComplianceError
from compliance.ledger.ask_signer import SignerAheadError, sign_head, signer_head
from compliance.ledger.ask_witnesses import ask_witnesses
from compliance.ledger.checkpoint import CheckpointError, parse_checkpoint
from compliance.ledger.models import Checkpoint, Cosignature, Head
from compliance.ledger.notes import NoteError, parse
from compliance.ledger.patience import Patience
from compliance.ledger.published import latest_published, published_at_least
from compliance.ledger.stored_tiles import tree_of
from compliance.ledger.trusted import current_policy

if TYPE_CHECKING:
    from compliance.ledger.notes import Note, Signed
    from compliance.ledger.policy import Policy, Witness

__all__ = ["Published", "latest_published", "publish", "published_at_least", "signer_head"]

log_event = structlog.get_logger(__name__)

_CHECKPOINT = (
    "INSERT INTO ledger_checkpoint (size, signed_at, log, note) VALUES (%s, %s, %s, %s) ON CONFLICT DO NOTHING"
)
_COSIGNATURE = (
    "INSERT INTO ledger_cosignature (size, cosigned_at, log, witness, line) VALUES (%s, %s, %s, %s, %s) "
    "ON CONFLICT DO NOTHING"
)
# Where a witness stands is a guess that it corrects: the newest rows are enough.
_KNOWN = (
    "SELECT witness, max(size) FROM (SELECT witness, size FROM ledger_cosignature WHERE log = %s "
    "ORDER BY size DESC LIMIT 256) AS newest GROUP BY witness"
)

_patience = Patience()


class DamagedCheckpointError(ComplianceError):
    """What is kept as a checkpoint is none: somebody wrote it past the service."""

    problem_type = "damaged-checkpoint"
    title = "The newest checkpoint in the database is not one. It was changed past the service."


@dataclass(frozen=True, slots=True)
class Published:
    """What one round did for the newest checkpoint: its size, whether it is new, and who has cosigned it by now."""

    size: int
    is_new: bool
    witnesses: frozenset[str]
    quorum_met: bool


def publish(*, log: int, patience: Patience = _patience) -> Published | None:
    """Sign the newest head of a log and ask the witnesses who have not cosigned it yet.

    ``None`` when there is no signer, or nothing to sign. Raises the errors of :func:`sign_head`,
    :class:`PolicyUnreadableError` and :class:`DamagedCheckpointError`. What witnesses do wrong is logged, and they
    are asked again, for the newest checkpoint alone, at a later round.
    """
    if settings.SIGNER_URL is None:
        return None
    head = Head.objects.filter(log=log).order_by("-size").first()
    checkpoint = _newest(log)
    is_new = head is not None and (checkpoint is None or head.size > checkpoint.size)
    if head is not None and is_new:
        checkpoint = _sign(head, old=0 if checkpoint is None else checkpoint.size)
    if checkpoint is None:
        return None
    policy = current_policy()
    cosigned = frozenset() if policy is None else _cosign(checkpoint, policy, patience)
    quorum_met = policy is not None and policy.satisfied_by(cosigned)
    return Published(checkpoint.size, is_new, cosigned, quorum_met)


def _newest(log: int) -> Checkpoint | None:
    return Checkpoint.objects.filter(log=log).order_by("-size").first()


def _sign(head: Head, *, old: int) -> Checkpoint:
    """Have a head signed, keep the checkpoint, and return it as it is kept."""
    log = head.log
    try:
        note = sign_head(log=log, size=head.size, root=bytes(head.root), old=old)
    except SignerAheadError:
        newest = Head.objects.filter(log=log).order_by("-size").first()
        if newest is None or newest.size == head.size:
            raise
        # Another process sealed and had that signed, while we looked at an earlier head.
        note = sign_head(log=log, size=newest.size, root=bytes(newest.root), old=old)
        head = newest
    with connection.cursor() as cursor:
        cursor.execute(_CHECKPOINT, [head.size, now(), log, str(note)])
    log_event.info("checkpoint_signed", log=log, size=head.size)
    return Checkpoint.objects.get(log=log, size=head.size)


def _cosign(checkpoint: Checkpoint, policy: Policy, patience: Patience) -> frozenset[str]:
    """Ask the witnesses that are missing under a checkpoint and keep what they sign; return all that have signed."""
    log, size = checkpoint.log, checkpoint.size
    cosigned = set(Cosignature.objects.filter(log=log, size=size).values_list("witness", flat=True))
    missing = [witness for witness in policy.witnesses.values() if witness.name not in cosigned]
    if missing:
        with connection.cursor() as cursor:
            cursor.execute(_KNOWN, [log])
            known = dict(cursor.fetchall())
        tree, note = tree_of(log, size), _note(checkpoint)
        for witness, signed in ask_witnesses(
            witnesses=missing, note=note, known=known, proof_from=tree.consistency, patience=patience
        ):
            _keep(checkpoint, witness, signed)
            cosigned.add(witness.name)
    return frozenset(cosigned & policy.witnesses.keys())


def _note(checkpoint: Checkpoint) -> Note:
    try:
        note = parse(checkpoint.note)
        parse_checkpoint(note.text)
    except (NoteError, CheckpointError) as error:
        raise DamagedCheckpointError from error
    return note


def _keep(checkpoint: Checkpoint, witness: Witness, signed: Signed) -> None:
    at = datetime.fromtimestamp(signed.time, UTC)
    with connection.cursor() as cursor:
        cursor.execute(_COSIGNATURE, [checkpoint.size, at, checkpoint.log, witness.name, signed.signature.line])
    log_event.info("checkpoint_cosigned", log=checkpoint.log, size=checkpoint.size, witness=witness.name)
