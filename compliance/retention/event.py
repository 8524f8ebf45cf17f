"""Entries of decisions about what is kept: erasures, holds, releases, destructions.

Each stands in the log of the records that it concerns, and says who decided, on which reference, and when.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.ledger.own_entry import append_own, checked_text, named

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from uuid import UUID

    from compliance.kernel.actor import Actor

LONGEST_REFERENCE = 120


def append_event(
    *, log: int, schema: str, actor: Actor, decision: str, at: datetime, members: Mapping[str, Any]
) -> tuple[UUID, bytes]:
    """Append one entry in the caller's transaction, and return its identifier and bytes.

    The month of ``at`` must be there: :func:`compliance.ledger.months.ensure_months`.
    """
    decided = {"decided_by": named(actor), "decision": decision}
    return append_own(log=log, schema=schema, at=at, members={**members, **decided})


def checked_decision(decision: str) -> str:
    """Return the reference of a decision; refuse one that is empty, too long, or says whom it is about."""
    return checked_text(
        decision,
        what="decision",
        longest=LONGEST_REFERENCE,
        wanted="Give the reference of the decision",
        instead="Name the file instead.",
    )
