"""Where writing goes on: found in the store itself, which nothing but the store can be trusted to know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.ledger.tiles import tile_path

if TYPE_CHECKING:
    from compliance.ledger.tile_store.store import Store


def first_missing(store: Store, *, start: int, end: int, batch: int) -> int:
    """Return the tile of leaves, from ``start`` up to ``end``, from which on all must be written (again).

    Tiles are written in their order, a batch at a time, each durable before the next: of the last batch
    some may be there, hence it is done again. A dozen looks find it among millions.
    """
    if start >= end or not store.has(tile_path(0, start)):
        return start
    there, step = start, 1
    while there + step < end and store.has(tile_path(0, there + step)):
        there, step = there + step, step * 2
    missing = min(there + step, end)
    while missing - there > 1:
        middle = (there + missing) // 2
        if store.has(tile_path(0, middle)):
            there = middle
        else:
            missing = middle
    return max(missing - batch, start)
