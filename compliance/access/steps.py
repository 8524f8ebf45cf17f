"""What people do to people and systems is an entry of the ledger too, beside the version in the register."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from compliance.kernel.actor import ActorKind
from compliance.oversight.act import record_act

if TYPE_CHECKING:
    from compliance.kernel.actor import Actor
    from compliance.oversight.vocabulary import ActKind


def record_step(*, actor: Actor, kind: ActKind, reason: str, **details: str) -> None:
    """Record a step of a person, in the caller's transaction; what a system does stands in the register alone."""
    if actor.kind is ActorKind.PERSON:
        told = {name: _one_line(text) for name, text in details.items()}
        record_act(actor=actor, kind=kind, reason=_one_line(reason), details=told)


def _one_line(text: str) -> str:
    """Return a text as an entry may hold it."""
    return unicodedata.normalize("NFC", " ".join(text.split()))
