"""A stretch of a log: which entries are its leaves, and by which hashes they were sealed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from compliance.ledger.edge import ID_BYTES, partial_tiles
from compliance.ledger.proofs import HASH_BYTES
from compliance.ledger.tiles import WIDTH
from compliance.ledger.verify.findings import Check, Findings

if TYPE_CHECKING:
    from django.db.backends.utils import CursorWrapper

_POSITIONS = "SELECT tile, ids FROM ledger_position WHERE log = %s AND tile >= %s AND tile < %s"
_TILES = "SELECT tile, hashes FROM ledger_tile WHERE log = %s AND level = 0 AND tile >= %s AND tile < %s"
_EDGE = "SELECT size, ids, hashes FROM ledger_edge WHERE log = %s"
# The row before the boundary; where somebody took it away, the nearest before that, for both sides alike.
_KEY = (
    "SELECT last_xid, substr(ids, 4081, 16) FROM ledger_position WHERE log = %s AND tile < %s "
    "ORDER BY tile DESC LIMIT 1"
)


class Key(NamedTuple):
    """The place of an entry in the order of its log: its transaction, and its identifier (16 bytes)."""

    xid: int
    id: bytes

    @property
    def uuid(self) -> UUID:
        """The identifier."""
        return UUID(bytes=self.id)


BEFORE_ALL = Key(-1, bytes(16))


@dataclass(frozen=True, slots=True)
class Stretch:
    """The leaves from ``first`` (the first of a tile) up to ``end``.

    ``ids`` are the entries' identifiers in their order, ``hashes`` the tiles that hold the leaf hashes; where a
    row is missing they are empty, and that was noted. All entries whose key lies above ``after`` and not above
    ``until`` belong here: stretches divide the whole table.
    """

    log: int
    first: int
    end: int
    after: Key
    until: Key
    ids: list[bytes]
    hashes: list[bytes]

    def leaf_hashes(self) -> list[bytes]:
        """Return the hash of each leaf; empty where it is not known."""
        found: list[bytes] = []
        for number, tile in enumerate(self.hashes):
            width = min(WIDTH, self.end - self.first - number * WIDTH)
            cut = [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]
            found += cut or [b""] * width
        return found


def read_stretch(
    cursor: CursorWrapper, *, log: int, first: int, end: int, until: Key | None, findings: Findings
) -> Stretch:
    """Read a stretch; ``until`` is given for the last one of a log, whose last tile may be not full."""
    start, stop = first // WIDTH, -(-end // WIDTH)
    cursor.execute(_POSITIONS, [log, start, stop])
    positions = {tile: bytes(ids) for tile, ids in cursor.fetchall()}
    cursor.execute(_TILES, [log, start, stop])
    tiles = {tile: bytes(hashes) for tile, hashes in cursor.fetchall()}
    cursor.execute(_EDGE, [log])
    edge = cursor.fetchone()
    if edge is not None:
        size, ids, hashes = edge
        positions.setdefault(size // WIDTH, bytes(ids))
        tiles.setdefault(size // WIDTH, next(iter(partial_tiles(size, bytes(hashes))), b""))
    found: list[bytes] = []
    kept: list[bytes] = []
    for tile in range(start, stop):
        width = min(WIDTH, end - tile * WIDTH)
        told = f"leaves {tile * WIDTH} to {tile * WIDTH + width - 1}"
        row = positions.get(tile, b"")[: width * ID_BYTES]
        if len(row) < width * ID_BYTES:
            findings.fail(Check.POSITIONS, f"Nothing says which entries are {told}.", tile * WIDTH)
            row = b""
        found += [row[at : at + ID_BYTES] for at in range(0, len(row), ID_BYTES)] or [b""] * width
        hashes = tiles.get(tile, b"")[: width * HASH_BYTES]
        if len(hashes) < width * HASH_BYTES:
            findings.fail(Check.TILES, f"The tile with the hashes of {told} is missing.", tile * WIDTH)
            hashes = b""
        kept.append(hashes)
    above = key_before(cursor, log=log, tile=stop) if until is None else until
    return Stretch(log, first, end, key_before(cursor, log=log, tile=start), above, found, kept)


def key_before(cursor: CursorWrapper, *, log: int, tile: int) -> Key:
    """Return the key of the leaf that stands before a tile of level 0."""
    cursor.execute(_KEY, [log, tile])
    row = cursor.fetchone()
    return BEFORE_ALL if row is None else Key(row[0], bytes(row[1]))
