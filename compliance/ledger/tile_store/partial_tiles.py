"""The tiles at the right edge of a checkpoint's tree, which are not full: without them no checkpoint can be proven."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.ledger.stored_tiles import stored_tiles
from compliance.ledger.tile_store.full_tiles import checked_bundle
from compliance.ledger.tile_store.stored_entries import stored_bundles
from compliance.ledger.tiles import HEIGHT, WIDTH, entries_path, tile_path

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.ledger.tile_store.store import Store


def edges_of(size: int) -> Iterator[tuple[int, int, int]]:
    """Yield (level, tile, width) of the tiles of a tree that are not full."""
    level = 0
    while size:
        full, width = divmod(size, WIDTH)
        if width:
            yield level, full, width
        level, size = level + 1, full


def partial_files(*, log: int, size: int) -> dict[str, bytes]:
    """Return the files of the tiles that are not full in a log's tree of this size, the entries' among them."""
    read = stored_tiles(log)
    files = {tile_path(level, tile, width): read(level, tile, width) for level, tile, width in edges_of(size)}
    tile, width = divmod(size, WIDTH)
    if width:
        bundle = stored_bundles(log=log, first=tile * WIDTH, end=size).get(tile)
        if bundle is not None and bundle.entries == width:
            path = entries_path(tile, width)
            files[path] = checked_bundle(bundle.octets, read(0, tile, width), path=path)
    return files


def remove_superseded(store: Store, *, before: int, size: int) -> int:
    """Remove the partial tiles whose full tile stands; return how many tiles had some.

    Of a tree that grew from ``before`` to ``size`` leaves. C2SP puts a thousand tiles in a folder, so one
    look at a folder finds what a killed run left there too. Readers of the smaller tree find the full tile.
    """
    removed = 0
    level = 0
    while size >> HEIGHT:
        before, size = before >> HEIGHT, size >> HEIGHT
        paths = [tile_path(level, tile) for tile in _one_of_each_folder(before, size)]
        if level == 0:
            paths += [entries_path(tile) for tile in _one_of_each_folder(before, size)]
        for folder in [path.rpartition("/")[0] for path in paths]:
            found = store.listing(folder)
            for name in found.folders:
                if name.endswith(".p") and name.removesuffix(".p") in found.files:
                    store.remove(f"{folder}/{name}")
                    removed += 1
        level += 1
    return removed


def _one_of_each_folder(first: int, end: int) -> list[int]:
    """Return a tile in each folder of a thousand that a range of tiles touches; none for an empty range."""
    if first >= end:
        return []
    return [group * 1000 for group in range(first // 1000, (end - 1) // 1000 + 1)]
