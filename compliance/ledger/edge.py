"""The right edge of a log's tree, and how leaves are put to it. Pure arithmetic on bytes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from compliance.ledger.proofs import EMPTY_ROOT, HASH_BYTES, levels, node_hash
from compliance.ledger.tiles import HEIGHT, TILE_BYTES, WIDTH, hashes_in, roots_of_tiles

if TYPE_CHECKING:
    from collections.abc import Iterator

ID_BYTES = 16


class FullTile(NamedTuple):
    """A tile that has got its last hash."""

    level: int
    tile: int
    hashes: bytes


class FullPositions(NamedTuple):
    """The leaves of a full tile of level 0: who they are, and the transactions of the first and the last."""

    tile: int
    first_xid: int
    last_xid: int
    ids: bytes


@dataclass(frozen=True, slots=True)
class Growth:
    """What leaves that were put to an edge completed, and the edge they left."""

    size: int
    first_xid: int
    ids: bytes
    hashes: bytes
    tiles: list[FullTile]
    positions: list[FullPositions]


def partial_tiles(size: int, hashes: bytes) -> list[bytes]:
    """Cut the hashes of an edge into the tiles that are not full, from the leaves up."""
    tiles = []
    at = 0
    while size:
        width = (size % WIDTH) * HASH_BYTES
        tiles.append(hashes[at : at + width])
        at += width
        size >>= HEIGHT
    return tiles


def grow(*, size: int, first_xid: int, ids: bytes, hashes: bytes, new: NewLeaves) -> Growth:
    """Put leaves to an edge of this size."""
    tiles: list[FullTile] = []
    partial = partial_tiles(size, hashes)
    rising, level, before = new.hashes, 0, size
    while rising or level < len(partial):
        row = (partial[level] if level < len(partial) else b"") + rising
        full, start = len(row) // TILE_BYTES, before >> HEIGHT
        tiles += (
            FullTile(level, start + number, row[number * TILE_BYTES : (number + 1) * TILE_BYTES])
            for number in range(full)
        )
        rising = b"".join(roots_of_tiles(hashes_in(row[: full * TILE_BYTES])))
        row = row[full * TILE_BYTES :]
        partial[level : level + 1] = [row]
        level += 1
        before >>= HEIGHT
    count = len(new.hashes) // HASH_BYTES
    positions, first_xid, ids = _positions(size, first_xid, ids, new)
    return Growth(size + count, first_xid, ids, b"".join(partial), tiles, positions)


def root_at(size: int, hashes: bytes) -> bytes:
    """Return the root of a tree from its edge: the tiles that are not full hold all that it is made of."""
    if not size:
        return EMPTY_ROOT
    root = b""
    for row in partial_tiles(size, hashes):
        for node in reversed(list(_complete(hashes_in(row)))):
            root = node_hash(node, root) if root else node
    return root


class NewLeaves(NamedTuple):
    """Leaves to be sealed, in their order: 8 bytes of transaction, 16 of identifier, 32 of hash each."""

    xids: bytes
    ids: bytes
    hashes: bytes


def _complete(row: list[bytes]) -> Iterator[bytes]:
    """Yield the roots of the complete subtrees in a tile that is not full, the largest first."""
    start = 0
    for power in range(HEIGHT - 1, -1, -1):
        if len(row) & 1 << power:
            yield levels(row[start : start + (1 << power)])[-1][0]
            start += 1 << power


def _positions(size: int, first_xid: int, ids: bytes, new: NewLeaves) -> tuple[list[FullPositions], int, bytes]:
    told = len(ids) // ID_BYTES
    row = ids + new.ids
    full = []
    for number in range(len(row) // (WIDTH * ID_BYTES)):
        last = (number + 1) * WIDTH - 1 - told
        first = first_xid if number == 0 and told else _xid(new, last - WIDTH + 1)
        start = number * WIDTH * ID_BYTES
        full.append(
            FullPositions(size // WIDTH + number, first, _xid(new, last), row[start : start + WIDTH * ID_BYTES])
        )
    rest = row[len(full) * WIDTH * ID_BYTES :]
    if rest and (full or not told):
        first_xid = _xid(new, len(full) * WIDTH - told)
    return full, first_xid, rest


def _xid(new: NewLeaves, leaf: int) -> int:
    return int.from_bytes(new.xids[leaf * 8 : leaf * 8 + 8])
