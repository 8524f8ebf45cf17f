"""The columns of exchanges against their leaves, compared as bytes: no column is parsed as long as all is well.

The fingerprint of the report is in no leaf (it is made of personal values too), and is left out: it guards
only whether a retry is recognised.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING
from uuid import UUID

import msgspec

from compliance.exchanges.leaf import SCHEMA
from compliance.exchanges.verify.packed_columns import COLUMNS, Packer
from compliance.exchanges.verify.told import Event, decode_event, decode_exchange
from compliance.kernel.clock import microseconds
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.verify.entries import bounds_of
from compliance.ledger.verify.findings import Check, Findings
from compliance.ledger.verify.packed_rows import SHARE, packed_rows

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from django.db.backends.utils import CursorWrapper

    from compliance.ledger.verify.entries import Sealed
    from compliance.ledger.verify.stretch import Stretch

_ROWS = (
    "SELECT {share}, uuid_send(id) AS head, record_send(kept) AS packed "
    "FROM (SELECT {columns} FROM exchanges_exchange WHERE {where} OFFSET 0) AS kept OFFSET 0"
)
_HEAD = Struct("!16si")
_CORRECTIONS = "SELECT original, correction FROM exchanges_correction WHERE log = %s AND original = ANY(%s)"
_SURPLUS = (
    "SELECT c.original FROM exchanges_correction c "
    "LEFT JOIN exchanges_exchange x ON x.id = c.correction AND x.log = c.log "
    "WHERE c.log = %s AND x.corrects IS DISTINCT FROM c.original LIMIT 1"
)


class ExchangeColumns:
    """The columns of a stretch of the log of exchanges."""

    def __init__(self, cursor: CursorWrapper, stretch: Stretch, findings: Findings) -> None:
        """Read all rows between the stretch's keys."""
        where, parameters = bounds_of(stretch)
        self._cursor, self._stretch, self._findings = cursor, stretch, findings
        self._origin = origin_of(stretch.log)
        self._packer = Packer(stretch.log)
        self._corrected: dict[UUID, tuple[UUID, int]] = {}
        query = _ROWS.format(share=SHARE, columns=", ".join(COLUMNS), where=where)
        self._rows = {identifier: row for identifier, _, row in packed_rows(cursor, query, parameters, head=_HEAD)}

    def check(self, sealed: Sealed) -> int:
        """Compare an entry with its columns; return when it was received (microseconds; 0 when it does not say)."""
        try:
            told = decode_exchange(sealed.leaf)
        except msgspec.MsgspecError:
            return self._check_event(sealed)
        if told.origin != self._origin:
            self._foreign(sealed, told.origin)
        received = microseconds(told.received_at)
        row = self._rows.pop(sealed.id, None)
        if row is None:
            self._differs(sealed, "has no row")
        elif not self._packer.is_of(row, told, xid=sealed.xid, received=received):
            names = self._packer.differing(row, told, xid=sealed.xid, received=received)
            self._differs(sealed, f"differs in its columns: {', '.join(names)}")
        elif sealed.recorded_at != received:
            self._differs(sealed, "stands under another time than it says")
        if told.corrects is not None:
            self._corrected[UUID(told.corrects)] = (UUID(bytes=sealed.id), sealed.place)
        return received

    def end(self, strays: AbstractSet[bytes]) -> None:
        """Note rows that no entry explains, and corrections without their row.

        Rows of entries that were noted themselves, as changed, missing or ``strays``, say nothing new.
        """
        for identifier in self._rows.keys() - strays - set(self._stretch.ids):
            sentence = f"Exchange {UUID(bytes=identifier)} stands in the columns, and no sealed entry says it."
            self._findings.fail(Check.COLUMNS, sentence, self._stretch.first)
        self._cursor.execute(_CORRECTIONS, [self._stretch.log, list(self._corrected)])
        kept = dict(self._cursor.fetchall())
        for original, (correction, index) in self._corrected.items():
            if kept.get(original) != correction:
                sentence = f"Leaf {index} corrects {original}, and the row that says so is missing or another."
                self._findings.fail(Check.COLUMNS, sentence, index)

    def _check_event(self, sealed: Sealed) -> int:
        """Look at an entry that is no exchange: it has no columns here."""
        event = read_event(sealed.leaf)
        if event.schema == SCHEMA or self._rows.pop(sealed.id, None) is not None:
            self._differs(sealed, "is not what an exchange is")
        return check_event(event, sealed, origin=self._origin, findings=self._findings)

    def _foreign(self, sealed: Sealed, origin: str) -> None:
        sentence = f"Leaf {sealed.place} is of the log {origin}, and was put into this one."
        self._findings.fail(Check.ORIGIN, sentence, sealed.place)

    def _differs(self, sealed: Sealed, how: str) -> None:
        sentence = f"Exchange {UUID(bytes=sealed.id)}, leaf {sealed.place}, {how}."
        self._findings.fail(Check.COLUMNS, sentence, sealed.place)


def check_surplus_corrections(cursor: CursorWrapper, *, findings: Findings) -> None:
    """Note a row of a correction that no exchange makes."""
    cursor.execute(_SURPLUS, [LogNumber.EXCHANGES])
    row = cursor.fetchone()
    if row is not None:
        findings.fail(Check.COLUMNS, f"A row says that {row[0]} was corrected, and no exchange corrects it.")


def read_event(leaf: bytes) -> Event:
    """Read what every leaf says; nothing of one that is not even JSON."""
    try:
        return decode_event(leaf)
    except msgspec.MsgspecError:
        return Event()


def check_event(event: Event, sealed: Sealed, *, origin: str, findings: Findings) -> int:
    """Compare what an entry says of itself with where it stands; return when it was recorded, in microseconds."""
    if event.origin != origin:
        sentence = f"Leaf {sealed.place} is of the log {event.origin or 'without a name'}, and was put into this one."
        findings.fail(Check.ORIGIN, sentence, sealed.place)
    told = event.received_at or event.at
    if event.id != str(UUID(bytes=sealed.id)) or (told is not None and microseconds(told) != sealed.recorded_at):
        sentence = f"Leaf {sealed.place} stands under another identifier or time than it says."
        findings.fail(Check.COLUMNS, sentence, sealed.place)
    return sealed.recorded_at if told is None else microseconds(told)
