"""The root at any size is known from the left side of the tree and one tile, as by definition."""

from __future__ import annotations

from functools import lru_cache
from hashlib import sha256

from hypothesis import given
from hypothesis import strategies as st

from compliance.ledger.edge import NewLeaves, grow
from compliance.ledger.proofs import EMPTY_ROOT, levels, root_of
from compliance.ledger.tiles import WIDTH, hashes_in
from compliance.ledger.verify.frontier import Frontier
from tests.properties import patient

LEAVES = 70_000
HASHES = [sha256(number.to_bytes(4)).digest() for number in range(LEAVES)]


@lru_cache(maxsize=1)
def tiles() -> dict[tuple[int, int], bytes]:
    """Return the full tiles of a tree of three levels."""
    new = NewLeaves(bytes(8 * LEAVES), bytes(16 * LEAVES), b"".join(HASHES))
    return {
        (level, tile): hashes for level, tile, hashes in grow(size=0, first_xid=0, ids=b"", hashes=b"", new=new).tiles
    }


def read(level: int, tile: int, width: int) -> bytes:
    """Read a tile; of those that are not full, compute the hashes."""
    kept = tiles().get((level, tile))
    if kept is None:
        below = [tiles()[level - 1, number] for number in range(tile * WIDTH, tile * WIDTH + width)]
        kept = b"".join(levels(hashes_in(content))[-1][0] for content in below)
    return kept[: width * 32]


@patient
@given(st.integers(0, LEAVES - 1), st.integers(0, 3))
def test_any_root_follows_from_the_left_side_and_one_tile(size: int, tiles_before: int) -> None:
    tile = size // WIDTH
    start = max(tile - tiles_before, 0)
    frontier = Frontier(read, start * WIDTH)
    for number in range(start, tile):
        frontier.append(levels(HASHES[number * WIDTH : (number + 1) * WIDTH])[-1][0])
    rows = levels(HASHES[tile * WIDTH : min((tile + 1) * WIDTH, LEAVES)])
    assert frontier.root(rows, size - tile * WIDTH) == root_of(HASHES[:size])


def test_the_empty_tree_has_the_root_of_nothing() -> None:
    assert Frontier(read, 0).root([[]], 0) == EMPTY_ROOT
