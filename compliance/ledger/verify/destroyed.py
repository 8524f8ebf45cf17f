"""Months that were destroyed at the end of their term: what may be missing, because an entry of the log says so."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from compliance.kernel.errors import NotFoundError
from compliance.kernel.record_id import started_at
from compliance.ledger.edge import ID_BYTES
from compliance.ledger.logs import origin_of
from compliance.ledger.proofs import leaf_hash
from compliance.ledger.stored_tiles import tree_of
from compliance.ledger.tiles import WIDTH
from compliance.ledger.verify.findings import Check, Findings

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

SCHEMA = "kbi-audit/destruction/1"
_ROWS = "SELECT month, entry, xid, leaf FROM ledger_destruction WHERE log = %s ORDER BY month"
_PLACE = (
    "SELECT tile, position(%(id)s::bytea IN ids) FROM ledger_position WHERE log = %(log)s AND last_xid >= %(xid)s "
    "AND first_xid <= %(xid)s AND position(%(id)s::bytea IN ids) > 0 "
    "UNION ALL SELECT size / 256, position(%(id)s::bytea IN ids) FROM ledger_edge "
    "WHERE log = %(log)s AND position(%(id)s::bytea IN ids) > 0 LIMIT 1"
)


class _Destruction(msgspec.Struct):
    schema: str
    origin: str
    id: UUID
    month: str


class Destroyed:
    """The destroyed months of a log whose destruction is attested by a leaf."""

    def __init__(self, months: set[date]) -> None:
        """Keep the first days of the months."""
        self._months = months

    def __contains__(self, identifier: bytes) -> bool:
        """Tell whether an entry (identifier of 16 bytes) was of such a month."""
        if not self._months:
            return False
        at = started_at(UUID(bytes=identifier))
        return date(at.year, at.month, 1) in self._months


def read_destroyed(cursor: CursorWrapper, *, log: int, findings: Findings) -> Destroyed:
    """Return what was destroyed, and note destructions that no leaf of the log attests.

    One whose entry is not sealed yet counts: it is checked when it is.
    """
    months = set()
    cursor.execute(_ROWS, [log])
    for month, entry, xid, leaf in cursor.fetchall():
        if _is_attested(cursor, log=log, entry=entry, xid=xid, leaf=bytes(leaf), month=month):
            months.add(month)
        else:
            sentence = f"No leaf of the log says that the records of {month:%Y-%m} were destroyed."
            findings.fail(Check.ERASURES, sentence)
    return Destroyed(months)


def _is_attested(cursor: CursorWrapper, *, log: int, entry: UUID, xid: int, leaf: bytes, month: date) -> bool:
    try:
        told = msgspec.json.decode(leaf, type=_Destruction)
    except msgspec.MsgspecError:
        return False
    if (told.schema, told.origin, told.id, told.month) != (SCHEMA, origin_of(log), entry, f"{month:%Y-%m}"):
        return False
    cursor.execute(_PLACE, {"log": log, "xid": xid, "id": entry.bytes})
    row = cursor.fetchone()
    if row is None:
        cursor.execute("SELECT last_xid < %s FROM ledger_edge WHERE log = %s", [xid, log])
        edge = cursor.fetchone()
        return edge is None or bool(edge[0])
    try:
        return tree_of(log).leaf_hash(row[0] * WIDTH + (row[1] - 1) // ID_BYTES) == leaf_hash(leaf)
    except NotFoundError:
        return False
