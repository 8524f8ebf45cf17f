"""The stored bytes of a stretch against the hashes by which they were sealed.

All entries between the stretch's keys are read, in whatever order they lie on disk, and each is looked up
among the leaves: so one that stands at no position is met too.
"""

from __future__ import annotations

from hashlib import sha256
from struct import Struct
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from compliance.ledger.verify.findings import Check, Findings
from compliance.ledger.verify.packed_rows import SHARE, packed_rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.utils import CursorWrapper

    from compliance.ledger.verify.destroyed import Destroyed
    from compliance.ledger.verify.stretch import Stretch

_SINCE_2000 = 946_684_800_000_000
BETWEEN = (
    "log = %(log)s AND xid >= %(after_xid)s AND xid <= %(until_xid)s "
    "AND (xid, id) > (%(after_xid)s, %(after_id)s) AND (xid, id) <= (%(until_xid)s, %(until_id)s)"
)
# Within one transaction the identifiers alone bound the stretch, and the primary key finds them.
WITHIN = f"{BETWEEN} AND id > %(after_id)s AND id <= %(until_id)s"
_ENTRIES = (
    "SELECT {share}, uuid_send(id) || int8send(xid) || timestamptz_send(recorded_at) AS head, leaf AS packed "
    "FROM ledger_entry WHERE {where} OFFSET 0"
)
_HEAD = Struct("!16sqqi")


class Sealed(NamedTuple):
    """An entry that is what was sealed: its leaf's index, identifier, transaction, column's time, leaf.

    ``recorded_at`` is in microseconds since 1970.
    """

    place: int
    id: bytes
    xid: int
    recorded_at: int
    leaf: bytes


def bounds_of(stretch: Stretch) -> tuple[str, dict[str, int | UUID]]:
    """Return the condition on ``log``, ``xid`` and ``id`` under which a row is of a stretch, and its parameters."""
    after, until = stretch.after, stretch.until
    where = WITHIN if after.xid == until.xid else BETWEEN
    return where, {
        "log": stretch.log,
        "after_xid": after.xid,
        "after_id": after.uuid,
        "until_xid": until.xid,
        "until_id": until.uuid,
    }


def sealed_entries(
    cursor: CursorWrapper, stretch: Stretch, *, destroyed: Destroyed, strays: set[bytes], findings: Findings
) -> Iterator[Sealed]:
    """Yield the entries that hash to their leaves, in no order, and note all others.

    ``strays`` gets the identifiers (16 bytes) of those that stand at no place.
    """
    hashes = stretch.leaf_hashes()
    places = {identifier: place for place, identifier in enumerate(stretch.ids) if identifier}
    _note_doubles(stretch, places, findings)
    missing = dict(places)
    first, digest = stretch.first, sha256
    where, parameters = bounds_of(stretch)
    rows = packed_rows(cursor, _ENTRIES.format(share=SHARE, where=where), parameters, head=_HEAD)
    for identifier, xid, at, _, leaf in rows:
        place = missing.pop(identifier, None)
        if place is None:
            if identifier not in places:
                strays.add(identifier)
                sentence = (
                    f"Entry {UUID(bytes=identifier)} stands among what is sealed, and yet at no place in the log."
                )
                findings.fail(Check.UNSEALED_BACKDATED, sentence, first)
        elif digest(b"\x00" + leaf).digest() == hashes[place]:
            yield Sealed(first + place, identifier, xid, at + _SINCE_2000, leaf)
        elif hashes[place]:
            sentence = f"Entry {UUID(bytes=identifier)}, leaf {first + place}, is not the one that was sealed."
            findings.fail(Check.ENTRY_BYTES, sentence, first + place)
    for identifier, place in missing.items():
        if identifier not in destroyed:
            sentence = f"Entry {UUID(bytes=identifier)}, leaf {first + place}, is missing."
            findings.fail(Check.ENTRY_BYTES, sentence, first + place)


def _note_doubles(stretch: Stretch, places: dict[bytes, int], findings: Findings) -> None:
    known = sum(1 for identifier in stretch.ids if identifier)
    if len(places) < known:
        place = next(place for place, found in enumerate(stretch.ids) if found and places[found] != place)
        told = UUID(bytes=stretch.ids[place])
        sentence = f"Entry {told} stands at more than one place, first at leaf {stretch.first + place}."
        findings.fail(Check.POSITIONS, sentence, stretch.first + place, count=known - len(places))
