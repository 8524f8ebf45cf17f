"""Which leaves of a log are of a month: as ranges of their indices, whatever came between them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from compliance.ledger.edge import ID_BYTES
from compliance.ledger.positions import rows_of_positions
from compliance.ledger.stored_tiles import sealed_size
from compliance.ledger.tiles import WIDTH

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.retention.terms import Month

MOST_RANGES = 1_000
_ENTRIES = "SELECT count(*), min(xid), max(xid) FROM ledger_entry WHERE log = %s AND id >= %s AND id < %s"
_TILES = "SELECT min(tile), max(tile) FROM ledger_position WHERE log = %s AND last_xid >= %s AND first_xid <= %s"


@dataclass(frozen=True, slots=True)
class LeavesOfMonth:
    """How many entries of a log a month has, in which transactions; the sealed ones as ranges [first, end)."""

    log: int
    entries: int
    first_xid: int | None
    last_xid: int | None
    ranges: tuple[tuple[int, int], ...]

    @property
    def sealed(self) -> int:
        """How many are sealed."""
        return sum(end - first for first, end in self.ranges)

    @property
    def told_ranges(self) -> list[list[int]]:
        """The ranges as an entry says them: one that covers them all, when there are very many."""
        if len(self.ranges) > MOST_RANGES:
            return [[self.ranges[0][0], self.ranges[-1][1]]]
        return [[first, end] for first, end in self.ranges]

    @property
    def tiles(self) -> list[int]:
        """The tiles of leaves that hold one of the month."""
        return sorted({tile for first, end in self.ranges for tile in range(first // WIDTH, (end - 1) // WIDTH + 1)})


def count_entries(month: Month, *, log: int) -> tuple[int, int | None, int | None]:
    """Return how many entries of a log a month has, and the first and the last transaction that wrote them."""
    with connection.cursor() as cursor:
        cursor.execute(_ENTRIES, [log, *month.ids])
        count, first, last = cursor.fetchone()
    return int(count), first, last


def leaves_of(month: Month, *, log: int) -> LeavesOfMonth:
    """Return the leaves of a month. An entry is of the month when its identifier is."""
    count, first_xid, last_xid = count_entries(month, log=log)
    if not count:
        return LeavesOfMonth(log, 0, None, None, ())
    with connection.cursor() as cursor:
        cursor.execute(_TILES, [log, first_xid, last_xid])
        first_tile, _ = cursor.fetchone()
    edge = sealed_size(log) // WIDTH
    ranges: list[tuple[int, int]] = []
    for index in _indices(month, log=log, first=edge if first_tile is None else first_tile, last=edge):
        if ranges and ranges[-1][1] == index:
            ranges[-1] = (ranges[-1][0], index + 1)
        else:
            ranges.append((index, index + 1))
    return LeavesOfMonth(log, count, first_xid, last_xid, tuple(ranges))


def tiles_of(month: Month, *, log: int, first: int, last: int) -> list[int]:
    """Return the tiles of leaves, from one to another, that hold one of the month; destroyed or not."""
    return sorted({index // WIDTH for index in _indices(month, log=log, first=first, last=last)})


def _indices(month: Month, *, log: int, first: int, last: int) -> Iterator[int]:
    start, end = (identifier.bytes for identifier in month.ids)
    for tile, ids in rows_of_positions(log=log, first=first, last=last):
        for place in range(len(ids) // ID_BYTES):
            if start <= ids[place * ID_BYTES : (place + 1) * ID_BYTES] < end:
                yield tile * WIDTH + place
