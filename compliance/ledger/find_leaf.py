"""Find a leaf by its hash in a log's tiles, from about when it was sealed on; the entry may be gone by then."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import connection

from compliance.ledger.positions import position_of
from compliance.ledger.proofs import HASH_BYTES
from compliance.ledger.stored_tiles import sealed_size, stored_tiles, tree_of
from compliance.ledger.tiles import WIDTH

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

TILES_A_TIME = 512
CLOCKS_DIFFER = timedelta(minutes=5)
_SIZE_AT = "SELECT size FROM ledger_head WHERE log = %s AND sealed_at <= %s ORDER BY sealed_at DESC LIMIT 1"
_TILES = (
    "SELECT tile, hashes FROM ledger_tile WHERE log = %s AND level = 0 AND tile BETWEEN %s AND %s "
    "AND position(%s::bytea IN hashes) > 0 ORDER BY tile"
)


@dataclass(slots=True)
class Budget:
    """How many tiles may be looked at, in all; ``None`` is as many as there are."""

    tiles: int | None = None

    def take(self, wanted: int) -> int:
        """Take so many, or what is left."""
        if self.tiles is None:
            return wanted
        granted = min(wanted, self.tiles)
        self.tiles -= granted
        return granted


@dataclass(frozen=True, slots=True)
class Search:
    """Where a leaf was found, and up to which size of the log it was looked for."""

    index: int | None
    looked_up_to: int


def find_leaf(*, log: int, leaf: bytes, since: datetime, identifier: UUID | None, budget: Budget) -> Search:
    """Look for a leaf's hash (32 bytes) among what was sealed from ``since`` on, the first first.

    ``identifier`` is a hint where the answer was kept with the receipt.
    """
    size = sealed_size(log)
    index = None if identifier is None else position_of(log=log, identifier=identifier)
    if index is not None and tree_of(log).leaf_hash(index) == leaf:
        return Search(index, size)
    start = size_at(log, since)
    found = _between(log, leaf, start // WIDTH, size, budget)
    if found.index is None and found.looked_up_to == size:
        # The clock of who sealed may lie behind that of who received.
        earlier = size_at(log, since - CLOCKS_DIFFER)
        index = _between(log, leaf, earlier // WIDTH, start, budget).index
        return Search(index, size)
    return found


def size_at(log: int, moment: datetime) -> int:
    """Return how many leaves were sealed at a moment."""
    with connection.cursor() as cursor:
        cursor.execute(_SIZE_AT, [log, moment])
        row = cursor.fetchone()
    return 0 if row is None else int(row[0])


def _between(log: int, leaf: bytes, tile: int, size: int, budget: Budget) -> Search:
    full = size // WIDTH
    while tile < full:
        count = budget.take(min(TILES_A_TIME, full - tile))
        if not count:
            return Search(None, tile * WIDTH)
        with connection.cursor() as cursor:
            cursor.execute(_TILES, [log, tile, tile + count - 1, leaf])
            for number, hashes in cursor.fetchall():
                if (place := _place(bytes(hashes), leaf)) is not None:
                    return Search(number * WIDTH + place, size)
        tile += count
    if size % WIDTH and (place := _place(stored_tiles(log)(0, full, size % WIDTH), leaf)) is not None:
        return Search(full * WIDTH + place, size)
    return Search(None, size)


def _place(hashes: bytes, leaf: bytes) -> int | None:
    at = hashes.find(leaf)
    while at >= 0:
        if at % HASH_BYTES == 0:
            return at // HASH_BYTES
        at = hashes.find(leaf, at + 1)
    return None
