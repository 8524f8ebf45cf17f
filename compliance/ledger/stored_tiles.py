"""A log's tree as the database keeps it: full tiles in rows, those that are not full at the edge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from compliance.kernel.errors import NotFoundError
from compliance.ledger.edge import partial_tiles
from compliance.ledger.proofs import HASH_BYTES
from compliance.ledger.tiles import HEIGHT, Tree

if TYPE_CHECKING:
    from compliance.ledger.tiles import ReadTile

_TILE = "SELECT hashes FROM ledger_tile WHERE log = %s AND level = %s AND tile = %s"
_EDGE = "SELECT size, hashes FROM ledger_edge WHERE log = %s"
_KEPT = 256


def tree_of(log: int, size: int | None = None) -> Tree:
    """Return the tree over the first ``size`` leaves of a log, or over all that are sealed.

    Raises :class:`NotFoundError` when so many are not sealed.
    """
    sealed = sealed_size(log)
    if size is not None and size > sealed:
        raise NotFoundError
    return Tree(stored_tiles(log), sealed if size is None else size)


def sealed_size(log: int) -> int:
    """Return how many leaves of a log are sealed."""
    return _edge(log)[0]


def stored_tiles(log: int) -> ReadTile:
    """Return a reader of this log's tiles, which remembers the full ones it has read.

    It raises :class:`NotFoundError` for hashes that are not there.
    """
    known: dict[tuple[int, int], bytes] = {}

    def read(level: int, tile: int, width: int) -> bytes:
        hashes = known.get((level, tile))
        if hashes is None:
            hashes = _full(log, level, tile)
            if hashes is None:
                # The tile may have got full between the two looks: then it is found at the second.
                hashes = _partial(log, level, tile) or _full(log, level, tile) or b""
            elif len(known) < _KEPT:
                known[level, tile] = hashes
        if len(hashes) < width * HASH_BYTES:
            raise NotFoundError
        return hashes[: width * HASH_BYTES]

    return read


def _full(log: int, level: int, tile: int) -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute(_TILE, [log, level, tile])
        row = cursor.fetchone()
    return None if row is None else bytes(row[0])


def _partial(log: int, level: int, tile: int) -> bytes | None:
    size, hashes = _edge(log)
    if (size >> HEIGHT * level) >> HEIGHT != tile:
        return None
    rows = partial_tiles(size, hashes)
    return rows[level] if level < len(rows) else None


def _edge(log: int) -> tuple[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(_EDGE, [log])
        row = cursor.fetchone()
    return (0, b"") if row is None else (row[0], bytes(row[1]))
