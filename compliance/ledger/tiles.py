"""Trees kept as tiles of 256 hashes, and the names and forms that C2SP gives them. Pure.

A tile of level ``L`` holds the roots of complete subtrees of ``256 ** L`` leaves. Source: C2SP tlog-tiles.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from compliance.ledger.proofs import EMPTY_ROOT, HASH_BYTES, levels, node_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEIGHT = 8
WIDTH = 1 << HEIGHT
TILE_BYTES = WIDTH * HASH_BYTES
LONGEST_LEAF = 0xFFFF

ReadTile = Callable[[int, int, int], bytes]
"""Read, of a level and a tile's index, this many hashes (1 to 256) from its start."""


class Tree:
    """The tree over the first ``size`` leaves of a log, read from tiles.

    ``read`` must give a tile that holds no more than this tree has; a reader of a larger tree's tiles may
    give the first hashes of a fuller tile.
    """

    def __init__(self, read: ReadTile, size: int) -> None:
        """Read nothing yet."""
        self._read = read
        self.size = size

    def root(self) -> bytes:
        """Return the root; that of an empty tree is the hash of nothing."""
        return self._range(0, self.size) if self.size else EMPTY_ROOT

    def leaf_hash(self, index: int) -> bytes:
        """Return the hash of leaf ``index``."""
        return self._node(0, index)

    def inclusion(self, index: int) -> list[bytes]:
        """Return the inclusion proof of leaf ``index``. Source: RFC 6962, section 2.1.1."""
        if not 0 <= index < self.size:
            message = f"Leaf {index} is not in a tree of {self.size}."
            raise IndexError(message)
        path = []
        start, end = 0, self.size
        while end - start > 1:
            middle = start + _split(end - start)
            if index < middle:
                path.append(self._range(middle, end))
                end = middle
            else:
                path.append(self._range(start, middle))
                start = middle
        return path[::-1]

    def consistency(self, first: int) -> list[bytes]:
        """Return the proof that this tree appends to that of its first leaves. Source: RFC 6962, section 2.1.2."""
        if not 0 <= first <= self.size:
            message = f"A tree of {self.size} does not extend one of {first}."
            raise IndexError(message)
        if first in {0, self.size}:
            return []
        path = []
        start, end, is_known = 0, self.size, True
        while first != end - start:
            middle = _split(end - start)
            if first <= middle:
                path.append(self._range(start + middle, end))
                end = start + middle
            else:
                path.append(self._range(start, start + middle))
                first -= middle
                start += middle
                is_known = False
        if not is_known:
            path.append(self._range(start, end))
        return path[::-1]

    def _range(self, start: int, end: int) -> bytes:
        """Return the root of the leaves from ``start`` up to ``end``, which is a node of this tree."""
        count = end - start
        if not count & (count - 1):
            level = count.bit_length() - 1
            return self._node(level, start >> level)
        middle = start + _split(count)
        return node_hash(self._range(start, middle), self._range(middle, end))

    def _node(self, level: int, index: int) -> bytes:
        """Return the root of the complete subtree number ``index`` of ``2 ** level`` leaves."""
        tile_level, above = divmod(level, HEIGHT)
        count = 1 << above
        tile, first = divmod(index * count, WIDTH)
        stored = (self.size >> (tile_level * HEIGHT)) - tile * WIDTH
        hashes = self._read(tile_level, tile, min(stored, WIDTH))[first * HASH_BYTES : (first + count) * HASH_BYTES]
        return levels(hashes_in(hashes))[-1][0]


def hashes_in(tile: bytes) -> list[bytes]:
    """Cut a tile into its hashes."""
    return [tile[at : at + HASH_BYTES] for at in range(0, len(tile), HASH_BYTES)]


def tile_root(tile: bytes) -> bytes:
    """Return the root of a full tile: a hash of the level above."""
    return levels(hashes_in(tile))[-1][0]


def tiles_of(size: int) -> Iterator[tuple[int, int, int]]:
    """Yield (level, tile, width) of every tile of a tree, full and partial, from the leaves up."""
    level = 0
    while size:
        full, rest = divmod(size, WIDTH)
        for tile in range(full):
            yield level, tile, WIDTH
        if rest:
            yield level, full, rest
        level += 1
        size = full


def tile_path(level: int, tile: int, width: int = WIDTH) -> str:
    """Name a tile, as ``tile/0/x001/x234/067`` or, not yet full, ``tile/0/x001/x234/067.p/8``."""
    return f"tile/{level}/{_digits(tile)}{_part(width)}"


def entries_path(tile: int, width: int = WIDTH) -> str:
    """Name the bundle of the entries whose hashes are in this tile of level 0."""
    return f"tile/entries/{_digits(tile)}{_part(width)}"


def bundle(leaves: Iterable[bytes]) -> bytes:
    """Put leaves into a bundle, each after its length in two bytes. Raises ``OverflowError`` for one over 65,535."""
    return b"".join(len(leaf).to_bytes(2) + leaf for leaf in leaves)


def unbundle(entries: bytes) -> list[bytes]:
    """Take a bundle apart. Raises ``ValueError`` when it ends within a leaf."""
    leaves = []
    at = 0
    while at < len(entries):
        start = at + 2
        at = start + int.from_bytes(entries[at:start])
        if start > len(entries) or at > len(entries):
            message = "The bundle ends within an entry."
            raise ValueError(message)
        leaves.append(entries[start:at])
    return leaves


def roots_of_tiles(hashes: Sequence[bytes]) -> list[bytes]:
    """Return the root of each 256 of these hashes, of which there are a multiple of 256."""
    row = hashes
    for _ in range(HEIGHT):
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return list(row)


def _split(count: int) -> int:
    """Return the largest power of two below a number of leaves."""
    return 1 << ((count - 1).bit_length() - 1)


def _digits(tile: int) -> str:
    groups = [f"{tile % 1000:03}"]
    while tile := tile // 1000:
        groups.append(f"x{tile % 1000:03}")
    return "/".join(reversed(groups))


def _part(width: int) -> str:
    return "" if width == WIDTH else f".p/{width}"
