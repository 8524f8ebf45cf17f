"""Entries that a log makes about its own keys and beginnings: who decided, why, when, and what."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
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
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from compliance.kernel.actor import Actor

LONGEST_REASON = 500


def append_own(
    *, log: int, schema: str, actor: Actor, reason: str, at: datetime, members: Mapping[str, str | Sequence[str]]
) -> UUID:
    """Append one entry in the caller's transaction, and return its identifier.

    The month of ``at`` must be there: :func:`compliance.ledger.months.ensure_months`. Raises
    :class:`InvalidInputError` for an entry that is too long to be sealed.
    """
    moment = microseconds(at)
    drawn = os.urandom(16).hex()
    identifier = UUID(bytes=record_id(key=keyring().lookup, at=moment, producer="ledger", reference=drawn))
    leaf = encode(
        {
            **members,
            "actor": {"kind": actor.kind.value, "name": actor.name, "organisation": actor.organisation},
            "at": canonical_time(moment),
            "id": str(identifier),
            "origin": origin_of(log),
            "reason": reason,
            "schema": schema,
        }
    )
    if len(leaf) > LONGEST_LEAF:
        message = f"An entry of {len(leaf)} bytes cannot be sealed; {LONGEST_LEAF} is the most."
        raise InvalidInputError(message)
    append(log=log, identifier=identifier, recorded_at=at, leaf=leaf)
    return identifier


def checked_reason(reason: str) -> str:
    """Return why it is done; refuse what is empty, too long, or names a person for ever."""
    kept = reason.strip()
    detail = ""
    if not kept or len(kept) > LONGEST_REASON or not is_canonical_text(kept):
        detail = f"Say why, in at most {LONGEST_REASON} characters."
    elif holds_insz(kept):
        detail = "This holds a national number, and stays readable for ever. Leave it out."
    if detail:
        raise InvalidInputError(errors=(FieldError("/reason", detail, "not-a-reason"),))
    return kept
