"""Whom an exchange is about, once a reason was given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.exchanges.vocabulary import IdentifierKind

if TYPE_CHECKING:
    from compliance.exchanges.reveal import Revealed, RevealedPerson

INSZ_DIGITS = 11


@dataclass(frozen=True, slots=True)
class PresentedPerson:
    """A person's number as it is read, what kind it is, and the role."""

    number: str
    kind: str
    role: str


@dataclass(frozen=True, slots=True)
class PresentedIdentity:
    """Shown once, on one response."""

    subjects: tuple[PresentedPerson, ...]
    user: PresentedPerson | None
    dossier: str
    nothing: str


def present_identity(revealed: Revealed) -> PresentedIdentity:
    """Put what was revealed into words."""
    empty = not revealed.subjects and revealed.user is None and not revealed.dossier
    return PresentedIdentity(
        subjects=tuple(_person(one) for one in revealed.subjects),
        user=_person(revealed.user) if revealed.user else None,
        dossier=revealed.dossier or "",
        nothing=_("No person, user or dossier is known for this exchange.") if empty else "",
    )


def _person(person: RevealedPerson) -> PresentedPerson:
    known = person.kind in IdentifierKind.values
    kind = str(IdentifierKind(person.kind).label) if known else person.kind
    return PresentedPerson(_readable(person), kind, person.role)


def _readable(person: RevealedPerson) -> str:
    """``85.07.30-033.28``, as on an identity card."""
    digits = person.value
    if person.kind != IdentifierKind.INSZ or len(digits) != INSZ_DIGITS:
        return digits
    return f"{digits[:2]}.{digits[2:4]}.{digits[4:6]}-{digits[6:9]}.{digits[9:]}"
