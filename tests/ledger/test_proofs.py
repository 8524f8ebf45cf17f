"""Merkle trees are those of RFC 6962: the published vectors hold, and no proof can be bent."""

from __future__ import annotations

import json
from base64 import b64decode
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.ledger.proofs import inclusion_path, leaf_hash, levels, node_hash, root_from_inclusion
from tests.properties import patient

VECTORS = json.loads(Path(__file__).with_name("vectors").joinpath("inclusion.json").read_bytes())
leaves = st.lists(st.binary(max_size=4), min_size=1, max_size=40).map(lambda told: [leaf_hash(leaf) for leaf in told])


def plain_root(hashes: list[bytes]) -> bytes:
    """Return the root as the RFC defines it: split at the largest power of two below the size (section 2.1)."""
    if len(hashes) == 1:
        return hashes[0]
    split = 1 << (len(hashes) - 1).bit_length() - 1
    return node_hash(plain_root(hashes[:split]), plain_root(hashes[split:]))


def plain_path(hashes: list[bytes], index: int) -> list[bytes]:
    """Return the audit path as the RFC defines it (section 2.1.1)."""
    if len(hashes) == 1:
        return []
    split = 1 << (len(hashes) - 1).bit_length() - 1
    if index < split:
        return [*plain_path(hashes[:split], index), plain_root(hashes[split:])]
    return [*plain_path(hashes[split:], index - split), plain_root(hashes[:split])]


@pytest.mark.parametrize("case", VECTORS, ids=lambda case: case["name"])
def test_the_published_proofs_hold_and_the_bent_ones_do_not(case: dict[str, Any]) -> None:
    root = root_from_inclusion(
        leaf=b64decode(case["leafHash"]),
        index=case["leafIdx"],
        size=case["treeSize"],
        path=[b64decode(node) for node in case["proof"] or ()],
    )
    assert (root == b64decode(case["root"])) is not case["wantErr"]


def test_a_leaf_and_a_node_are_hashed_apart() -> None:
    assert leaf_hash(b"L123456").hex() == sha256(b"\x00L123456").hexdigest()
    assert node_hash(b"N123", b"N456").hex() == "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb"
    assert leaf_hash(b"").hex() == "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"


@patient
@given(leaves)
def test_the_tree_and_every_path_are_those_that_the_rfc_defines(hashes: list[bytes]) -> None:
    tree = levels(hashes)
    assert tree[-1] == [plain_root(hashes)]
    for index, leaf in enumerate(hashes):
        path = inclusion_path(tree, index)
        assert path == plain_path(hashes, index)
        assert root_from_inclusion(leaf=leaf, index=index, size=len(hashes), path=path) == tree[-1][0]


@patient
@given(leaves, st.data())
def test_no_other_leaf_place_size_or_path_leads_to_the_root(hashes: list[bytes], choice: st.DataObject) -> None:
    tree = levels(hashes)
    index = choice.draw(st.integers(0, len(hashes) - 1))
    path, root, size = inclusion_path(tree, index), tree[-1][0], len(hashes)

    def leads(**changed: Any) -> bool:
        return (
            root_from_inclusion(**{"leaf": hashes[index], "index": index, "size": size, "path": path, **changed})
            == root
        )

    assert leads()
    assert not leads(leaf=leaf_hash(b"something else"))
    assert not leads(path=[*path, root])
    assert not leads(index=-1)
    assert not leads(index=size)
    for place in range(len(path)):
        bent = [*path]
        bent[place] = bytes(32)
        assert not leads(path=bent)
        assert not leads(path=path[:place] + path[place + 1 :])
        bent[place] = path[place][:-1]
        assert not leads(path=bent)
    for other in range(size):
        if hashes[other] != hashes[index]:
            assert not leads(index=other)
