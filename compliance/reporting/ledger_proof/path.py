"""The way from a leaf to the root, one join at a time. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from compliance.ledger.proofs import node_hash

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Side(StrEnum):
    """On which side of the way a neighbour stands. The order counts: the left hash is hashed first."""

    LEFT = "left"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Step:
    """One join: the neighbour's hash and how many leaves it stands for, and what both together give."""

    side: Side
    neighbour: bytes
    neighbour_leaves: int
    joined: bytes
    leaves: int


def steps_of(*, leaf: bytes, index: int, size: int, path: Sequence[bytes]) -> tuple[Step, ...]:
    """Follow an inclusion proof (RFC 6962, section 2.1.1) from a leaf hash up to the root; no step in a tree of one.

    It shows the way; whether the proof holds is for ``root_from_inclusion`` to say. Raises ``ValueError``
    when the proof does not have the length that this tree asks for.
    """
    reached, leaves = leaf, 1
    steps = []
    neighbours = list(_neighbours(index, size))[::-1]
    for (side, neighbour_leaves), neighbour in zip(neighbours, path, strict=True):
        reached = node_hash(neighbour, reached) if side is Side.LEFT else node_hash(reached, neighbour)
        leaves += neighbour_leaves
        steps.append(Step(side, neighbour, neighbour_leaves, reached, leaves))
    return tuple(steps)


def _neighbours(index: int, size: int) -> Iterator[tuple[Side, int]]:
    """Yield, from the root down, where the other half of the tree is and how many leaves it has."""
    start, end = 0, size
    while end - start > 1:
        middle = start + (1 << (end - start - 1).bit_length() - 1)
        if index < middle:
            yield Side.RIGHT, end - middle
            end = middle
        else:
            yield Side.LEFT, middle - start
            start = middle
