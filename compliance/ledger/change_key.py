"""Announce, in the logs themselves, that a log's heads are signed with another key from now on.

Whoever verifies the log finds in it that the new key was meant, signed by the old one: the head that
first holds the entry carries both signatures. It stands in every log, so that none can hide it alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from django.conf import settings
from django.db import transaction

from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.ledger.logs import LogNumber
from compliance.ledger.months import ensure_months, month_of
from compliance.ledger.notes import LOG_SIGNATURE, NoteError, Verifier, verifier_of
from compliance.ledger.own_entry import append_own, checked_reason, named

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.kernel.actor import Actor

SCHEMA = "kbi-audit/key-change/1"


def change_key(*, old: str, new: str, actor: Actor, reason: str) -> dict[LogNumber, UUID]:
    """Append the announcement to every log, in one durable transaction; return the entries by log.

    ``old`` and ``new`` are verifier keys (vkeys) of one log of this service. Raises :class:`InvalidInputError`.
    """
    before, after = _key(old, "/old_key"), _key(new, "/new_key")
    if before.name != after.name or before.public == after.public:
        _refuse("/new_key", "The new key is another key under the same origin.")
    reason, at = checked_reason(reason), now()
    members = {"actor": named(actor), "log": before.name, "new_key": new, "old_key": old, "reason": reason}
    ensure_months([month_of(at)])
    with transaction.atomic(durable=True):
        return {log: append_own(log=log, schema=SCHEMA, at=at, members=members)[0] for log in LogNumber}


def _key(vkey: str, pointer: str) -> Verifier:
    try:
        verifier = verifier_of(vkey)
    except NoteError as error:
        _refuse(pointer, str(error))
    if verifier.kind != LOG_SIGNATURE or verifier.name not in settings.LOG_ORIGINS.values():
        _refuse(pointer, "This is not a key of a log of this service: its name is the log's origin, its kind 1.")
    return verifier


def _refuse(pointer: str, detail: str) -> NoReturn:
    raise InvalidInputError(errors=(FieldError(pointer, detail, "not-a-key"),))
