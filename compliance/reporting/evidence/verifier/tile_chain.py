"""Whether tiles of hashes lead to a root: every full tile through the one above it, up to the tree's edge. Pure."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from compliance.ledger.proofs import HASH_BYTES
from compliance.ledger.tiles import HEIGHT, WIDTH, Tree, tile_path, tile_root

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_TILE_PATH = re.compile(r"tile/(\d{1,2})/((?:x\d{3}/){0,6}\d{3})(?:\.p/(\d{1,3}))?")


class NoTileError(LookupError):
    """A tile that is needed is not there, or has another length than it must have."""


def width_of(size: int, level: int, tile: int) -> int:
    """Return how many hashes of a tile a tree of this size has: 1 to 256, or less when it has none."""
    return min(WIDTH, (size >> HEIGHT * level) - tile * WIDTH)


def edge_tiles(size: int) -> Iterator[tuple[int, int, int]]:
    """Yield (level, tile, width) of the tiles that are not full: the root follows from them alone."""
    level = 0
    while size:
        if size % WIDTH:
            yield level, size // WIDTH, size % WIDTH
        level += 1
        size >>= HEIGHT


def tiles_above(size: int, tiles: Iterable[int]) -> Iterator[tuple[int, int, int]]:
    """Yield (level, tile, width) of these tiles of level 0 and all that they lead through, each once, and the edge."""
    edge = list(edge_tiles(size))
    wanted = set(tiles)
    level = 0
    while wanted or any(at >= level for at, _, _ in edge):
        wanted |= {tile for at, tile, _ in edge if at == level}
        for tile in sorted(wanted):
            yield level, tile, width_of(size, level, tile)
        # What is above a tile that is not full is the edge, which is there already.
        wanted = {tile // WIDTH for tile in wanted if width_of(size, level, tile) == WIDTH}
        level += 1


def tile_problems(
    *, read: Callable[[str], bytes], files: Iterable[str], size: int, root: bytes
) -> Iterator[tuple[str, str]]:
    """Yield (key of the sentence, tile) for what keeps these files from leading to the root of a tree of this size."""
    try:
        if Tree(_reader(read), size).root() != root:
            yield "tiles-root", ""
            return
        for level, tile, width in edge_tiles(size):
            _hashes(read, level, tile, width)
    except NoTileError as error:
        yield "tiles-missing", str(error)
        return
    for file in sorted(files):
        place = _place_of(file, size)
        if place is None:
            yield "tiles-unknown", file
            continue
        level, tile, width = place
        if width < WIDTH:
            continue
        try:
            hashes = _hashes(read, level, tile, width)
            above = _hashes(read, level + 1, tile // WIDTH, width_of(size, level + 1, tile // WIDTH))
        except NoTileError as error:
            yield "tiles-missing", str(error)
            continue
        start = tile % WIDTH * HASH_BYTES
        if tile_root(hashes) != above[start : start + HASH_BYTES]:
            yield "tiles-broken", file


def _reader(read: Callable[[str], bytes]) -> Callable[[int, int, int], bytes]:
    return lambda level, tile, width: _hashes(read, level, tile, width)


def _hashes(read: Callable[[str], bytes], level: int, tile: int, width: int) -> bytes:
    path = tile_path(level, tile, width)
    hashes = read(path)
    if len(hashes) != width * HASH_BYTES:
        raise NoTileError(path)
    return hashes


def _place_of(file: str, size: int) -> tuple[int, int, int] | None:
    """Return the level, number and width of a tile of a tree of this size by its path, if it is one."""
    found = _TILE_PATH.fullmatch(file)
    if found is None:
        return None
    level = int(found[1])
    tile = int(found[2].replace("x", "").replace("/", ""))
    width = width_of(size, level, tile)
    return (level, tile, width) if width > 0 and tile_path(level, tile, width) == file else None
