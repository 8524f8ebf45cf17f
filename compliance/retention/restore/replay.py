"""Do again what an entry decided: erasures, holds, releases and destructions, from the entry's bytes alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
from django.db import connection

from compliance.retention.carry_out import carry_out, plan
from compliance.retention.destroy import carry_out_destruction, record_destruction
from compliance.retention.hold import write_hold, write_release
from compliance.retention.schemas import DESTRUCTION, ERASURE, HOLD, HOLD_RELEASE, RESTORATION
from compliance.retention.targets import Target
from compliance.retention.terms import Month, months_kept

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.retention.restore.lost_leaves import LostLeaf

EVENTS = frozenset({ERASURE, HOLD, HOLD_RELEASE, DESTRUCTION, RESTORATION})
_RESTORATION = "INSERT INTO ledger_restoration (at, log, entry, first, until) VALUES (%s, %s, %s, %s, %s)"


def replay(lost: LostLeaf, *, log: int, schema: str, at: datetime) -> int:
    """Carry out what an entry says, which is in the log again, in the caller's transaction.

    Returns how many openings were erased again. Hold :func:`compliance.retention.carry_out.lock_openings`.
    """
    told: dict[str, Any] = msgspec.json.decode(lost.leaf)
    match schema:
        case s if s == ERASURE:
            targets = [_target(*target) for target in told["targets"]]
            steps = plan(log=log, targets=targets, at=at)
            return carry_out(log=log, entries={lost.id: targets}, steps=steps, at=at).openings
        case s if s == HOLD:
            write_hold(
                lost.id,
                [
                    (UUID(target[0]), *target[1:]) if target[1:] else (UUID(target[0]), None)
                    for target in told["targets"]
                ],
                at=at,
            )
        case s if s == HOLD_RELEASE:
            write_release(lost.id, UUID(told["hold"]), at=at)
        case s if s == DESTRUCTION:
            month = Month.parse(told["month"])
            record_destruction(log=log, month=month, entry=lost.id, leaf=lost.leaf, at=at)
            if month in months_kept():
                carry_out_destruction(month)
        case s if s == RESTORATION:
            write_restoration(lost.id, log=log, first=told["first"], until=told["until"], at=at)
        case _:
            pass
    return 0


def write_restoration(entry: UUID, *, log: int, first: int, until: int, at: datetime) -> None:
    """Keep which leaves came back from their copies; the entry that says it is in the log."""
    with connection.cursor() as cursor:
        cursor.execute(_RESTORATION, [at, log, entry, first, until])


def _target(identifier: str, position: int, fields: tuple[str, ...] = ()) -> Target:
    return Target(UUID(identifier), position, tuple(fields))
