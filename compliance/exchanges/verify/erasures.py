"""Erasures: the rows that explain what is missing, against the entries of the log that decide it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec

from compliance.ledger.verify.findings import Check, Findings

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.utils import CursorWrapper

    from compliance.ledger.verify.entries import Sealed

SCHEMA = "kbi-audit/erasure/1"
_MARK = b'"schema":"kbi-audit/erasure/1"'
_ROWS = "SELECT DISTINCT id, position, array_to_string(fields, ' ') FROM ledger_erasure WHERE log = %s AND entry = %s"
_DECISIONS = (
    "SELECT DISTINCT r.entry, e.leaf FROM ledger_erasure r "
    "LEFT JOIN ledger_entry e ON e.id = r.entry AND e.log = r.log WHERE r.log = %s"
)
_Place = tuple[UUID, int, str]


class _Erasure(msgspec.Struct):
    id: UUID
    schema: str
    targets: list[list[Any]]

    def places(self) -> set[_Place]:
        """Return (record, position, fields) of each target; no fields for the whole opening."""
        return {
            (UUID(target[0]), int(target[1]), " ".join(target[2]) if len(target) > 2 else "")  # noqa: PLR2004 - id, position, fields
            for target in self.targets
        }


def check_erasure_entries(cursor: CursorWrapper, entries: Sequence[Sealed], *, log: int, findings: Findings) -> None:
    """Check that each erasure that the log decides was recorded as it says."""
    for sealed in entries:
        told = _read(sealed.leaf) if _MARK in sealed.leaf else None
        if told is None:
            continue
        cursor.execute(_ROWS, [log, told.id])
        if {
            (identifier, position, fields or "") for identifier, position, fields in cursor.fetchall()
        } != told.places():
            sentence = f"The erasure that leaf {sealed.place} decides was not recorded as it says."
            findings.fail(Check.ERASURES, sentence, sealed.place)


def check_erasure_rows(cursor: CursorWrapper, *, log: int, findings: Findings) -> None:
    """Check that each recorded erasure was decided in the log; what it lists, the entry's own check compares."""
    cursor.execute(_DECISIONS, [log])
    for entry, leaf in cursor.fetchall():
        told = None if leaf is None else _read(bytes(leaf))
        if told is None or told.schema != SCHEMA or told.id != entry:
            sentence = f"Rows say that openings were erased by decision {entry}, and no entry of the log decides it."
            findings.fail(Check.ERASURES, sentence)


def _read(leaf: bytes) -> _Erasure | None:
    try:
        return msgspec.json.decode(leaf, type=_Erasure)
    except (msgspec.MsgspecError, ValueError):
        return None
