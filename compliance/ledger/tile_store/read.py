"""Read a log back from the second place: its checkpoint, its tree and its entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.kernel.errors import NotFoundError
from compliance.ledger.proofs import HASH_BYTES
from compliance.ledger.tile_store.opened import store_of
from compliance.ledger.tile_store.signed import as_signed
from compliance.ledger.tiles import HEIGHT, WIDTH, Tree, entries_path, tile_path, unbundle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.ledger.tile_store.store import Store

CHECKPOINT = "checkpoint"


def newest_checkpoint(log: int, *, store: Store | None = None) -> str | None:
    """Return the note of the store's checkpoint, or ``None`` when there is no store or nothing in it yet."""
    store = store or store_of(log)
    note = None if store is None else store.read(CHECKPOINT)
    return None if note is None else note.decode()


def kept_tree(log: int, *, store: Store | None = None) -> Tree:
    """Return the tree of the store's checkpoint, read from its tiles. Raises :class:`NotFoundError`."""
    store = _opened(log, store)
    size = _size(log, store)

    def read(level: int, tile: int, width: int) -> bytes:
        hashes = _first(store, _tile_paths(size, level, tile, width))
        if hashes is None or len(hashes) < width * HASH_BYTES:
            message = f"The tile store lacks {tile_path(level, tile)}."
            raise NotFoundError(message)
        return hashes[: width * HASH_BYTES]

    return Tree(read, size)


def read_entries(log: int, first: int, end: int, *, store: Store | None = None) -> Iterator[bytes | None]:
    """Yield the leaves from ``first`` up to ``end``, ``None`` for each that is not kept (any more).

    They are as the store has them: hash them against a tree that you trust. Raises :class:`NotFoundError`
    past the checkpoint.
    """
    store = _opened(log, store)
    size = _size(log, store)
    if not 0 <= first <= end <= size:
        message = f"The tile store's tree has {size} leaves."
        raise NotFoundError(message)
    for tile in range(first // WIDTH, -(-end // WIDTH)):
        start = tile * WIDTH
        width = min(WIDTH, size - start)
        bundle = _first(store, _entries_paths(tile, width))
        leaves = [None] * width if bundle is None else unbundle(bundle)
        yield from leaves[max(first - start, 0) : min(end, size) - start]


def _opened(log: int, store: Store | None) -> Store:
    store = store or store_of(log)
    if store is None:
        message = "No tile store is set."
        raise NotFoundError(message)
    return store


def _size(log: int, store: Store) -> int:
    note = newest_checkpoint(log, store=store)
    return 0 if note is None else as_signed(note).checkpoint.size


def _tile_paths(size: int, level: int, tile: int, width: int) -> list[str]:
    """Name the file that holds a tile of a tree of this size, and the full one that may have followed it."""
    stored = min((size >> HEIGHT * level) - tile * WIDTH, WIDTH)
    return [tile_path(level, tile, max(stored, width)), tile_path(level, tile)]


def _entries_paths(tile: int, width: int) -> list[str]:
    return [entries_path(tile, width), entries_path(tile)]


def _first(store: Store, paths: list[str]) -> bytes | None:
    return next((content for path in dict.fromkeys(paths) if (content := store.read(path)) is not None), None)
