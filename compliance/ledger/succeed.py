"""Begin a log that follows another one, whose key was stolen or whose memory was lost.

Its first leaf holds the last checkpoint of the old log that witnesses confirmed. What the old log says
up to there stays proven; what somebody signs under its name later is not part of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from django.db import transaction

from compliance.kernel.canonical import is_canonical_text
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, FieldError, InvalidInputError
from compliance.ledger.checkpoint import CheckpointError, parse_checkpoint
from compliance.ledger.logs import origin_of
from compliance.ledger.models import Entry, Head
from compliance.ledger.months import ensure_months, month_of
from compliance.ledger.notes import NoteError, parse, signed_by, verifier_of
from compliance.ledger.own_entry import append_own, checked_reason, named

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.kernel.actor import Actor

SCHEMA = "kbi-audit/succession/1"


class AlreadyBegunError(ConflictError):
    """A succession is the first leaf of a log, and this log has leaves."""

    problem_type = "log-begun"
    title = "This log has begun already. A log that follows another one says so in its first entry."


def succeed(*, log: int, checkpoint: str, key: str, actor: Actor, reason: str) -> UUID:
    """Append, as the first entry of an empty log, the last checkpoint (signed note) of the log that it follows.

    ``key`` is the old log's verifier key. Do it before the service is opened to anybody. Returns the
    entry. Raises :class:`InvalidInputError` and :class:`AlreadyBegunError`.
    """
    try:
        note = parse(checkpoint)
        head = parse_checkpoint(note.text)
        verifier = verifier_of(key)
        signed = signed_by(note, [verifier])
    except (NoteError, CheckpointError) as error:
        _refuse(str(error))
    if not signed or verifier.name != head.origin:
        _refuse("The checkpoint is not signed with the key of its log.")
    if head.origin == origin_of(log):
        _refuse("The new log has the origin of the old one. Give it an origin of its own: set LOG_ORIGIN.")
    # Line by line: an entry's texts hold no control characters, and a newline is one.
    lines = checkpoint.removesuffix("\n").split("\n")
    if not all(map(is_canonical_text, lines)):
        _refuse("The checkpoint has text that is not in Unicode's composed form.")
    reason, at = checked_reason(reason), now()
    members = {
        "actor": named(actor),
        "checkpoint": lines,
        "old_key": key,
        "reason": reason,
        "succeeds": head.origin,
    }
    ensure_months([month_of(at)])
    with transaction.atomic(durable=True):
        if Entry.objects.filter(log=log).exists() or Head.objects.filter(log=log).exists():
            raise AlreadyBegunError
        return append_own(log=log, schema=SCHEMA, at=at, members=members)[0]


def _refuse(detail: str) -> NoReturn:
    raise InvalidInputError(errors=(FieldError("/checkpoint", detail, "not-a-checkpoint"),))
