"""Record that somebody looked: an entry of the oversight log, and its columns for lists."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection, transaction

from compliance.kernel.canonical import encode
from compliance.kernel.clock import canonical_time, microseconds, now
from compliance.kernel.record_id import record_id
from compliance.ledger.append import append
from compliance.ledger.keyring import keyring
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.months import ensure_months, month_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.kernel.actor import Actor
    from compliance.oversight.vocabulary import ActKind

SCHEMA = "kbi-audit/act/1"


def record_act(
    *,
    actor: Actor,
    kind: ActKind,
    object_id: UUID | None = None,
    reason: str = "",
    details: Mapping[str, str] | None = None,
) -> UUID:
    """Record an act, durably, before what was looked at is shown. ``details`` never hold a value about a person."""
    at = now()
    moment = microseconds(at)
    identifier = UUID(
        bytes=record_id(key=keyring().lookup, at=moment, producer="oversight", reference=os.urandom(16).hex())
    )
    leaf = {
        "act": kind.value,
        "actor": {"kind": actor.kind.value, "name": actor.name, "organisation": actor.organisation},
        "at": canonical_time(moment),
        "details": dict(details or {}),
        "id": str(identifier),
        "object": str(object_id or ""),
        "origin": origin_of(LogNumber.OVERSIGHT),
        "reason": reason,
        "schema": SCHEMA,
    }
    ensure_months([month_of(at)])
    with transaction.atomic(), connection.cursor() as cursor:
        append(log=LogNumber.OVERSIGHT, identifier=identifier, recorded_at=at, leaf=encode(leaf))
        cursor.execute(
            "INSERT INTO oversight_act (id, log, at, kind, actor, organisation, object_id, reason) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s, %s)",
            [identifier, LogNumber.OVERSIGHT, at, kind.value, actor.name, actor.organisation, object_id, reason],
        )
    return identifier
