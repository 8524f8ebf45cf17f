"""From an entry's bytes to the rows beside it, by which it is listed and counted. No leaf holds its openings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from django.db import connection

from compliance.exchanges import binary_copy
from compliance.exchanges import leaf as entry

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from compliance.retention.restore.lost_leaves import LostLeaf

# Of whom the report was cannot be told from the leaf: a retry is then recognised by its reference and start alone.
NO_FINGERPRINT = b""
_CORRECTION = "INSERT INTO exchanges_correction (log, original, correction) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
_ACT = (
    "INSERT INTO oversight_act (xid, id, log, at, kind, actor, organisation, object_id, reason) "
    "VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s)"
)
_PLACES = ", ".join(["%s"] * (binary_copy.EXCHANGE_COLUMNS.count(",") + 2))
_EXCHANGE = f"INSERT INTO exchanges_exchange (xid, {binary_copy.EXCHANGE_COLUMNS}) VALUES ({_PLACES})"  # noqa: S608 - ours


def write_exchange(lost: LostLeaf, *, log: int, xid: int, recorded_at: datetime) -> None:
    """Write the columns of an exchange, and that it corrects another, in the caller's transaction."""
    leaf = entry.decode(lost.leaf)
    corrects = None if leaf.corrects is None else UUID(leaf.corrects)
    asker = leaf.asker
    values: Sequence[Any] = (
        xid,
        lost.id,
        log,
        recorded_at,
        leaf.started_at,
        len(leaf.subjects),
        leaf.record_count,
        leaf.producer_sequence,
        corrects,
        NO_FINGERPRINT,
        leaf.message_reference,
        leaf.producer,
        (asker.on_behalf_of or asker.organisation) if leaf.direction == "provided" else leaf.source,
        asker.organisation,
        asker.on_behalf_of or "",
        leaf.source,
        leaf.service.code,
        leaf.service.version,
        leaf.purpose,
        leaf.legal_basis,
        leaf.route,
        leaf.direction,
        leaf.trigger,
        leaf.environment,
        leaf.outcome,
        leaf.service_outcome or "",
        leaf.verdict.code,
        leaf.verdict.authorisation or "",
        leaf.confidentiality,
    )
    with connection.cursor() as cursor:
        cursor.execute(_EXCHANGE, values)
        if corrects is not None:
            cursor.execute(_CORRECTION, [log, corrects, lost.id])


def write_act(lost: LostLeaf, *, log: int, xid: int, at: datetime) -> None:
    """Write the columns of an act, in the caller's transaction."""
    told: dict[str, Any] = msgspec.json.decode(lost.leaf)
    actor = told["actor"]
    values = [
        xid,
        lost.id,
        log,
        at,
        told["act"],
        actor["name"],
        actor["organisation"],
        UUID(told["object"]) if told["object"] else None,
        told["reason"],
    ]
    with connection.cursor() as cursor:
        cursor.execute(_ACT, values)
