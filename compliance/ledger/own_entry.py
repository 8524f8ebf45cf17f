"""Entries that the ledger makes about itself: keys and beginnings, erasures, holds, destructions.

Each stands in the log that it concerns, and says who, why and when; none holds a value about a person.
Leaves are canonical JSON of at most 65,535 bytes.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any
from uuid import UUID

from compliance.kernel.canonical import encode, is_canonical_text
from compliance.kernel.clock import canonical_time, microseconds
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.kernel.identifiers import holds_insz
from compliance.kernel.record_id import record_id
from compliance.ledger.append import append
from compliance.ledger.keyring import keyring
from compliance.ledger.logs import origin_of
from compliance.ledger.tiles import LONGEST_LEAF

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from compliance.kernel.actor import Actor

LONGEST_REASON = 500


def own_id(at: datetime) -> UUID:
    """Draw the identifier of an entry of this moment."""
    drawn = os.urandom(16).hex()
    return UUID(bytes=record_id(key=keyring().lookup, at=microseconds(at), producer="ledger", reference=drawn))


def append_own(*, log: int, schema: str, at: datetime, members: Mapping[str, Any]) -> tuple[UUID, bytes]:
    """Append one entry in the caller's transaction, and return its identifier and bytes.

    ``members`` say what, and who decided it and why. The month of ``at`` must be there:
    :func:`compliance.ledger.months.ensure_months`. Raises :class:`InvalidInputError` for an entry that is
    too long to be sealed.
    """
    identifier = own_id(at)
    own = {"at": canonical_time(microseconds(at)), "id": str(identifier), "origin": origin_of(log), "schema": schema}
    leaf = encode({**members, **own})
    if len(leaf) > LONGEST_LEAF:
        message = f"An entry of {len(leaf)} bytes cannot be sealed; {LONGEST_LEAF} is the most."
        raise InvalidInputError(message)
    append(log=log, identifier=identifier, recorded_at=at, leaf=leaf)
    return identifier, leaf


def named(actor: Actor) -> dict[str, str]:
    """Return an actor as entries name one."""
    return {"kind": actor.kind.value, "name": actor.name, "organisation": actor.organisation}


def checked_reason(reason: str) -> str:
    """Return why it is done; refuse what is empty, too long, or names a person for ever."""
    return checked_text(reason, what="reason", longest=LONGEST_REASON, wanted="Say why", instead="Leave it out.")


def checked_text(text: str, *, what: str, longest: int, wanted: str, instead: str) -> str:
    """Return a text that stands in the ledger for ever; refuse one that is empty, too long, or names a person."""
    kept = text.strip()
    detail = ""
    if not kept or len(kept) > longest or not is_canonical_text(kept):
        detail = f"{wanted}, in at most {longest} characters."
    elif holds_insz(kept):
        detail = f"This holds a national number, and stays readable for ever. {instead}"
    if detail:
        raise InvalidInputError(errors=(FieldError(f"/{what}", detail, f"not-a-{what}"),))
    return kept
