"""A consistency proof holds for what it proves, and for nothing else: the published vectors, and any tree."""

from __future__ import annotations

import json
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.ledger.edge import NewLeaves, grow, root_at
from compliance.ledger.proofs import consistency_holds, leaf_hash, root_from_inclusion, root_of
from compliance.ledger.tiles import (
    WIDTH,
    Tree,
    bundle,
    entries_path,
    tile_path,
    tiles_of,
    unbundle,
)
from tests.properties import patient

VECTORS = json.loads(Path(__file__).with_name("vectors").joinpath("consistency.json").read_bytes())
SIZES = st.one_of(st.integers(1, 40), st.integers(200, 600), st.sampled_from([255, 256, 257, 65_535, 65_536, 65_793]))


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["name"])
def test_the_published_proofs_hold_and_the_bent_ones_do_not(case: dict[str, Any]) -> None:
    holds = consistency_holds(
        first=case["size1"],
        first_root=b64decode(case["root1"]),
        second=case["size2"],
        second_root=b64decode(case["root2"]),
        path=[b64decode(node) for node in case["proof"] or ()],
    )
    assert holds is not case["wantErr"]


LEAVES = [leaf_hash(number.to_bytes(4)) for number in range(66_000)]


class Grown:
    """Tiles of a tree that grew by steps."""

    def __init__(self, steps: list[int]) -> None:
        """Put the first leaves to an empty edge, so many at each step."""
        self.size, self.first, self.ids, self.hashes = 0, 0, b"", b""
        self.tiles: dict[tuple[int, int], bytes] = {}
        self.positions: list[tuple[int, int, int, bytes]] = []
        for step in steps:
            told = range(self.size, self.size + step)
            new = NewLeaves(
                b"".join(at.to_bytes(8) for at in told),
                b"".join(at.to_bytes(16) for at in told),
                b"".join(LEAVES[at] for at in told),
            )
            growth = grow(size=self.size, first_xid=self.first, ids=self.ids, hashes=self.hashes, new=new)
            self.size, self.first, self.ids, self.hashes = growth.size, growth.first_xid, growth.ids, growth.hashes
            assert not {row[:2] for row in growth.tiles} & self.tiles.keys()
            self.tiles |= {(level, tile): hashes for level, tile, hashes in growth.tiles}
            self.positions += growth.positions

    def read(self, level: int, tile: int, width: int) -> bytes:
        """Read as a tree does."""
        if (level, tile) in self.tiles:
            return self.tiles[level, tile][: width * 32]
        at = sum((self.size >> 8 * below) % WIDTH for below in range(level)) * 32
        return self.hashes[at : at + width * 32]


@patient
@given(steps=st.lists(st.one_of(st.integers(0, 5), st.integers(200, 900)), max_size=8), data=st.data())
def test_a_tree_in_tiles_is_the_tree_by_definition_however_it_grew(steps: list[int], data: st.DataObject) -> None:
    grown = Grown(steps)
    size = sum(steps)
    hashes = LEAVES[:size]
    tree = Tree(grown.read, size)
    assert grown.size == size
    assert tree.root() == root_at(size, grown.hashes) == root_of(hashes)
    assert len(grown.positions) == size // WIDTH
    told = b"".join(row[3] for row in grown.positions) + grown.ids
    assert told == b"".join(at.to_bytes(16) for at in range(size))
    assert [row[1:3] for row in grown.positions] == [(tile * 256, tile * 256 + 255) for tile in range(size // 256)]
    if size % WIDTH:
        assert grown.first == size // WIDTH * WIDTH
    if size:
        index = data.draw(st.integers(0, size - 1))
        assert tree.leaf_hash(index) == hashes[index]
        path = tree.inclusion(index)
        assert root_from_inclusion(leaf=hashes[index], index=index, size=size, path=path) == tree.root()


@patient
@given(size=SIZES, data=st.data())
def test_a_consistency_proof_from_tiles_holds_and_no_altered_one_does(size: int, data: st.DataObject) -> None:
    grown = Grown([size])
    first = data.draw(st.integers(0, size))
    tree = Tree(grown.read, size)
    path = tree.consistency(first)
    roots = {"first_root": root_of(LEAVES[:first]), "second_root": tree.root()}
    assert consistency_holds(first=first, second=size, path=path, **roots)
    # A smaller tree of the same tiles, and what it proves.
    smaller = Tree(grown.read, first)
    assert smaller.root() == roots["first_root"]
    name = data.draw(st.sampled_from(["first_root", "second_root"]))
    bit = data.draw(st.integers(0, 255))
    # From the empty tree nothing is proven about the root of the larger one.
    if first or name == "first_root":
        assert not consistency_holds(
            first=first, second=size, path=path, **(roots | {name: _flipped(roots[name], bit)})
        )
    if path:
        at = data.draw(st.integers(0, len(path) - 1))
        bent = [*path[:at], _flipped(path[at], bit), *path[at + 1 :]]
        assert not consistency_holds(first=first, second=size, path=bent, **roots)
        assert not consistency_holds(first=first, second=size, path=path[:-1], **roots)
    assert not consistency_holds(first=first, second=size, path=[*path, LEAVES[0]], **roots)


def _flipped(hashed: bytes, bit: int) -> bytes:
    return (int.from_bytes(hashed) ^ 1 << bit).to_bytes(32)


def test_tiles_are_named_as_the_specification_has_it() -> None:
    assert tile_path(0, 1_234_067) == "tile/0/x001/x234/067"
    assert tile_path(1, 5, 3) == "tile/1/005.p/3"
    assert entries_path(1000) == "tile/entries/x001/000"


@given(st.integers(0, 70_000_000))
def test_the_tiles_of_a_tree_hold_each_complete_subtree_of_their_level_once(size: int) -> None:
    told: dict[int, int] = {}
    last: dict[int, int] = {}
    for level, tile, width in tiles_of(size % 200_000):
        assert tile == last.get(level, -1) + 1
        last[level] = tile
        told[level] = told.get(level, 0) + width
    for level, count in told.items():
        assert count == size % 200_000 >> 8 * level


@given(st.lists(st.binary(max_size=300), max_size=300))
def test_a_bundle_gives_back_its_entries_and_no_part_of_one(leaves: list[bytes]) -> None:
    assert unbundle(bundle(leaves)) == leaves
    if leaves:
        with pytest.raises(ValueError, match="within an entry"):
            unbundle(bundle(leaves)[:-1])
