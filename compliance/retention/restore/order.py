"""Under which transactions entries are put back, so that the order (transaction, identifier) is what it was. Pure.

Entries that a backup holds keep theirs. What was lost between two of them was written by transactions
between theirs, and gets the highest that fit: never one that a follower had passed when the backup was
made. What was lost after the last of them gets new ones.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


class OrderLostError(ValueError):
    """No transactions are left between two entries that are there: the database has gone on by itself."""

    def __init__(self) -> None:
        """Say it in words."""
        super().__init__(
            "The entries that are there cannot be put in the order that they had: others were sealed since."
        )


@dataclass(frozen=True, slots=True)
class Placed:
    """An entry in its place: its identifier (16 bytes), and its transaction when the database holds it."""

    id: bytes
    xid: int | None


@dataclass(frozen=True, slots=True)
class Run:
    """Missing entries that follow each other with rising identifiers; ``xid`` is ``None`` for a new transaction."""

    first: int
    end: int
    xid: int | None


def runs_of(places: Sequence[Placed], *, after: tuple[int, bytes]) -> list[Run]:
    """Return where the missing entries go, in their order; ``after`` is the key up to which the log is sealed.

    Raises :class:`OrderLostError`, also when what is there stands in another order.
    """
    runs: list[Run] = []
    below = after
    at = 0
    for is_missing, group in groupby(places, key=lambda place: place.xid is None):
        members = list(group)
        if is_missing:
            following = places[at + len(members)].xid if at + len(members) < len(places) else None
            runs += _between(members, at, low=below[0], high=following)
        else:
            for place in members:
                here = (place.xid or 0, place.id)
                if here <= below:
                    raise OrderLostError
                below = here
        at += len(members)
    return runs


def _between(members: Sequence[Placed], start: int, *, low: int, high: int | None) -> list[Run]:
    edges = [0, *(n for n in range(1, len(members)) if members[n].id <= members[n - 1].id), len(members)]
    pairs = list(pairwise(edges))
    if high is None:
        return [Run(start + first, start + end, None) for first, end in pairs]
    lowest = high - len(pairs)
    if lowest <= low:
        raise OrderLostError
    return [Run(start + first, start + end, lowest + number) for number, (first, end) in enumerate(pairs)]
