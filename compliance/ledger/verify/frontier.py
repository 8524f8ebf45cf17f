"""The left side of a growing tree: the roots of its complete subtrees, by which the root at any size is known. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.ledger.proofs import EMPTY_ROOT, levels, node_hash
from compliance.ledger.tiles import HEIGHT, WIDTH, hashes_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.ledger.tiles import ReadTile


class Frontier:
    """Complete subtrees over the first so many whole tiles of leaves, the largest first."""

    def __init__(self, read: ReadTile, leaves: int) -> None:
        """Read them, for a number of leaves that is a multiple of 256, from the tiles of level 1 and above."""
        self._nodes: list[tuple[int, bytes]] = []
        level, count, found = 1, leaves >> HEIGHT, []
        while count:
            width = count % WIDTH
            if width:
                rows = levels(hashes_in(read(level, count // WIDTH, width)))
                found += [(level * HEIGHT + height, node) for height, node in reversed(complete(rows, width))]
            level, count = level + 1, count >> HEIGHT
        self._nodes = found[::-1]

    def append(self, tile: bytes) -> None:
        """Put the root of the next tile of 256 leaves to it."""
        height = HEIGHT
        while self._nodes and self._nodes[-1][0] == height:
            tile = node_hash(self._nodes.pop()[1], tile)
            height += 1
        self._nodes.append((height, tile))

    def root(self, rows: Sequence[list[bytes]], width: int) -> bytes:
        """Return the root of the tree that has ``width`` leaves more, of a tile whose rows of nodes are given."""
        nodes = [node for _, node in self._nodes] + [node for _, node in complete(rows, width)]
        if not nodes:
            return EMPTY_ROOT
        root = nodes[-1]
        for node in reversed(nodes[:-1]):
            root = node_hash(node, root)
        return root


def complete(rows: Sequence[list[bytes]], width: int) -> list[tuple[int, bytes]]:
    """Return height and root of the complete subtrees over the first ``width`` hashes of a tile, the largest first."""
    found, start = [], 0
    for height in range(HEIGHT, -1, -1):
        if width & 1 << height:
            found.append((height, rows[height][start >> height]))
            start += 1 << height
    return found
