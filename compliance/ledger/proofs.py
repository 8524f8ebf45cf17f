"""Merkle trees of RFC 6962: hashes, roots, inclusion and consistency proofs. Pure; 32-byte SHA-256 hashes."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(leaf: bytes) -> bytes:
    """Hash a leaf: ``SHA-256(0x00 ‖ leaf)``."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash an inner node: ``SHA-256(0x01 ‖ left ‖ right)``."""
    return sha256(b"\x01" + left + right).digest()


def levels(hashes: Sequence[bytes]) -> list[list[bytes]]:
    """Return the tree from its leaf hashes (at least one) up to its root; a lone last node moves up as it is."""
    tree = [list(hashes)]
    while len(tree[-1]) > 1:
        below = tree[-1]
        above = [node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
        if len(below) % 2:
            above.append(below[-1])
        tree.append(above)
    return tree


def inclusion_path(tree: list[list[bytes]], index: int) -> list[bytes]:
    """Return the inclusion proof (RFC 6962, section 2.1.1) of leaf ``index`` in a tree made by :func:`levels`."""
    path = []
    for level in tree[:-1]:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        index >>= 1
    return path


def root_from_inclusion(*, leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that an inclusion proof leads to from a leaf hash, or ``None`` when the proof cannot be one.

    Source: RFC 9162, section 2.1.3.2, which proves the same trees.
    """
    if not 0 <= index < size or any(len(node) != HASH_BYTES for node in (leaf, *path)):
        return None
    last, reached = size - 1, leaf
    for node in path:
        if last == 0:
            return None
        if index & 1 or index == last:
            reached = node_hash(node, reached)
            while index and not index & 1:
                index >>= 1
                last >>= 1
        else:
            reached = node_hash(reached, node)
        index >>= 1
        last >>= 1
    return reached if last == 0 else None


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root of the tree over these leaf hashes; that of no leaves is the hash of nothing."""
    return levels(hashes)[-1][0] if hashes else EMPTY_ROOT


def consistency_holds(*, first: int, first_root: bytes, second: int, second_root: bytes, path: Sequence[bytes]) -> bool:
    """Tell whether a proof shows that the tree of ``second`` leaves only appends to that of ``first`` leaves.

    From the empty tree everything grows, and the proof is empty. Source: RFC 9162, section 2.1.4.2.
    """
    if first == second:
        return not path and first_root == second_root and (first > 0 or first_root == EMPTY_ROOT)
    if not 0 <= first < second or any(len(node) != HASH_BYTES for node in (first_root, second_root, *path)):
        return False
    if first == 0:
        return not path and first_root == EMPTY_ROOT
    nodes = list(path) if first & (first - 1) else [first_root, *path]
    if not nodes:
        return False
    old, new = first - 1, second - 1
    while old & 1:
        old >>= 1
        new >>= 1
    first_reached = second_reached = nodes[0]
    for node in nodes[1:]:
        if new == 0:
            return False
        if old & 1 or old == new:
            first_reached = node_hash(node, first_reached)
            second_reached = node_hash(node, second_reached)
            while old and not old & 1:
                old >>= 1
                new >>= 1
        else:
            second_reached = node_hash(second_reached, node)
        old >>= 1
        new >>= 1
    return new == 0 and first_reached == first_root and second_reached == second_root
