"""Merkle trees of RFC 6962: hashes, roots and inclusion proofs. Pure; 32-byte SHA-256 hashes."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


HASH_BYTES = 32


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
