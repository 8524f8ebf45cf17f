"""Entries that the ledger makes about itself: erasures, holds, releases, destructions.

Each stands in the log of the records that it concerns, and says who decided, on which reference, and when;
none holds a value about a person. Leaves are canonical JSON of at most 65,535 bytes.
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

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from compliance.kernel.actor import Actor

MOST_BYTES = 65_535
LONGEST_REFERENCE = 120


def event_id(at: datetime) -> UUID:
    """Draw the identifier of an entry of this moment."""
    drawn = os.urandom(16).hex()
    return UUID(bytes=record_id(key=keyring().lookup, at=microseconds(at), producer="ledger", reference=drawn))


def append_event(
    *, log: int, schema: str, actor: Actor, decision: str, at: datetime, members: Mapping[str, Any]
) -> tuple[UUID, bytes]:
    """Append one entry in the caller's transaction, and return its identifier and bytes.

    The month of ``at`` must be there: :func:`compliance.ledger.months.ensure_months`.
    """
    identifier = event_id(at)
    leaf = encode(
        {
            **members,
            "at": canonical_time(microseconds(at)),
            "decided_by": {"kind": actor.kind.value, "name": actor.name, "organisation": actor.organisation},
            "decision": decision,
            "id": str(identifier),
            "origin": origin_of(log),
            "schema": schema,
        }
    )
    if len(leaf) > MOST_BYTES:
        message = f"An entry of {len(leaf)} bytes cannot be sealed; {MOST_BYTES} is the most."
        raise ValueError(message)
    append(log=log, identifier=identifier, recorded_at=at, leaf=leaf)
    return identifier, leaf


def checked_decision(decision: str) -> str:
    """Return the reference of a decision; refuse one that is empty, too long, or says whom it is about."""
    kept = decision.strip()
    detail = ""
    if not kept or len(kept) > LONGEST_REFERENCE or not is_canonical_text(kept):
        detail = f"Give the reference of the decision: text of at most {LONGEST_REFERENCE} characters."
    elif holds_insz(kept):
        detail = "This holds a national number, and stays readable for ever. Name the file instead."
    if detail:
        raise InvalidInputError(errors=(FieldError("/decision", detail, "not-a-reference"),))
    return kept
