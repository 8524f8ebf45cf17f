"""Show whom an exchange is about: only with a reason, which is recorded before anything is shown."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from compliance.exchanges.commitments import USER
from compliance.exchanges.models import Exchange
from compliance.exchanges.seal_openings import opening_name
from compliance.kernel.encryption import unseal
from compliance.kernel.errors import FieldError, InvalidInputError, NotFoundError
from compliance.kernel.identifiers import holds_insz
from compliance.ledger.holds import NotDisclosedError, held
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Opening
from compliance.ledger.person_keys import read_keys
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.registry.keeper import keeper

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.kernel.actor import Actor

SHORTEST_REASON = 10


class RevealedPerson(NamedTuple):
    """A person as they were reported."""

    kind: str
    value: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Revealed:
    """Whom an exchange is about, who asked, and in which dossier. Never cached, never logged."""

    subjects: tuple[RevealedPerson, ...]
    user: RevealedPerson | None
    dossier: str | None


def reveal(*, exchange_id: UUID, actor: Actor, reason: str) -> Revealed:
    """Record who asks and why, then open what lies behind an exchange's commitments.

    Raises :class:`InvalidInputError` for a reason of fewer than ten characters, :class:`NotFoundError`, and
    :class:`NotDisclosedError` when the record is on hold and the actor is not of the keeper.
    """
    check_reason(reason)
    if not Exchange.objects.filter(log=LogNumber.EXCHANGES, id=exchange_id).exists():
        raise NotFoundError
    if actor.organisation not in {"", keeper()} and held(log=LogNumber.EXCHANGES, ids=[exchange_id]):
        raise NotDisclosedError
    record_act(actor=actor, kind=ActKind.IDENTITY_REVEALED, object_id=exchange_id, reason=reason.strip())
    return _open(exchange_id)


def check_reason(reason: str) -> None:
    """Refuse a reason that says nothing, or that says whom: it is kept for ever, in clear."""
    if holds_insz(reason):
        detail = "This holds a national number, and a reason is kept in clear. Name the dossier instead."
        raise InvalidInputError(errors=(FieldError("/reason", detail, "holds-national-number"),))
    if len(reason.strip()) < SHORTEST_REASON:
        raise InvalidInputError(
            errors=(FieldError("/reason", "Say in at least ten characters why you need this.", "reason-too-short"),)
        )


def _open(exchange_id: UUID) -> Revealed:
    openings = list(Opening.objects.filter(log=LogNumber.EXCHANGES, id=exchange_id, lookup__isnull=False))
    ciphers = read_keys(log=LogNumber.EXCHANGES, lookups=[bytes(opening.lookup or b"") for opening in openings])
    subjects: dict[int, RevealedPerson] = {}
    user: RevealedPerson | None = None
    dossier: str | None = None
    for opening in openings:
        cipher = ciphers[bytes(opening.lookup or b"")]
        name = opening_name(exchange_id.bytes, opening.position)
        for line in unseal(cipher, bytes(opening.sealed), bound_to=name).split(b"\n"):
            match msgspec.json.decode(line):
                case [_, {"kind": kind, "role": role, "value": value}]:
                    subjects[opening.position] = RevealedPerson(kind, value, role)
                case [_, "user", str(found)] if opening.position == USER:
                    kind, _, value = found.partition(":")
                    user = RevealedPerson(kind, value)
                case [_, "dossier", str(found)]:
                    dossier = found
    return Revealed(tuple(subjects[position] for position in sorted(subjects)), user, dossier)
