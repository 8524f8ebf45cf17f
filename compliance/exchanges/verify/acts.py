"""The columns of acts against their leaves, in the log of who looked at what."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - msgspec reads the annotations
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from compliance.exchanges.verify.columns import check_event, read_event
from compliance.ledger.logs import origin_of
from compliance.ledger.verify.entries import bounds_of
from compliance.ledger.verify.findings import Check, Findings
from compliance.oversight.act import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from django.db.backends.utils import CursorWrapper

    from compliance.ledger.verify.entries import Sealed
    from compliance.ledger.verify.stretch import Stretch

_ROWS = "SELECT id, xid, at, kind, actor, organisation, object_id, reason FROM oversight_act WHERE {where}"


class _Actor(msgspec.Struct):
    name: str
    organisation: str


class _Act(msgspec.Struct):
    act: str
    actor: _Actor
    at: datetime
    object: str
    reason: str


class ActColumns:
    """The columns of a stretch of the oversight log."""

    def __init__(self, cursor: CursorWrapper, stretch: Stretch, findings: Findings) -> None:
        """Read all rows between the stretch's keys."""
        where, parameters = bounds_of(stretch)
        self._stretch, self._findings = stretch, findings
        self._origin = origin_of(stretch.log)
        cursor.execute(_ROWS.format(where=where), parameters)
        self._rows = {identifier.bytes: tuple(rest) for identifier, *rest in cursor.fetchall()}

    def check(self, sealed: Sealed) -> int:
        """Compare an entry with its columns; return when it was recorded (microseconds; 0 when it does not say)."""
        event = read_event(sealed.leaf)
        row = self._rows.pop(sealed.id, None)
        if event.schema == SCHEMA and row != _expected(sealed):
            how = "has no row" if row is None else "differs in its columns"
            sentence = f"Act {UUID(bytes=sealed.id)}, leaf {sealed.place}, {how}."
            self._findings.fail(Check.COLUMNS, sentence, sealed.place)
        return check_event(event, sealed, origin=self._origin, findings=self._findings)

    def end(self, strays: AbstractSet[bytes]) -> None:
        """Note rows that no entry explains; those of entries that were noted themselves say nothing new."""
        for identifier in self._rows.keys() - strays - set(self._stretch.ids):
            sentence = f"Act {UUID(bytes=identifier)} stands in the columns, and no sealed entry says it."
            self._findings.fail(Check.COLUMNS, sentence, self._stretch.first)


def _expected(sealed: Sealed) -> tuple[object, ...] | None:
    try:
        act = msgspec.json.decode(sealed.leaf, type=_Act)
        looked_at = UUID(act.object) if act.object else None
    except (msgspec.MsgspecError, ValueError):
        return None
    return (sealed.xid, act.at, act.act, act.actor.name, act.actor.organisation, looked_at, act.reason)
