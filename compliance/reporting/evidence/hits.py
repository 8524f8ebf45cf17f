"""The records that a filter finds by their columns, in the order of the log; their leaves decide in the end."""

from __future__ import annotations

from datetime import datetime
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import connection

from compliance.exchanges.models import Exchange
from compliance.kernel.record_id import first_at
from compliance.ledger.edge import ID_BYTES
from compliance.ledger.logs import LogNumber
from compliance.ledger.positions import rows_of_positions
from compliance.ledger.proofs import HASH_BYTES, leaf_hash
from compliance.ledger.tiles import WIDTH
from compliance.reporting.evidence.leaves import (
    LeavesGoneError,
    LedgerBrokenError,
    last_tile,
    places_in,
    read_hashes,
    read_leaves,
)
from compliance.reporting.evidence.verifier.selection import COVERED, NOT_COVERED, STARTED, Filter

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.exchanges.queries import ExchangeQuerySet

_LOG = LogNumber.EXCHANGES
_A_BATCH = 4_096
# Members of a leaf that are no columns: the leaf alone is asked.
_NO_COLUMNS = frozenset({"application", "capacity", "retention"})
_TILES = """
SELECT min(tile), max(tile) FROM ledger_position WHERE log = %s AND last_xid >= %s AND first_xid <= %s
"""


class Hit(NamedTuple):
    """A record that was found: its index and its leaf."""

    leaf_index: int
    leaf: bytes


def find_hits(wanted: Filter, *, size: int) -> Iterator[Hit]:
    """Yield what the filter's columns find among the first ``size`` leaves, in their order."""
    found = _narrowed(wanted).order_by("xid", "id").values_list("xid", "id")
    batch: list[tuple[int, UUID]] = []
    # A transaction is never cut: its records stand together, and its tiles are looked through once.
    for _, rows in groupby(found.iterator(chunk_size=_A_BATCH), key=lambda row: row[0]):
        batch += rows
        if len(batch) >= _A_BATCH:
            yield from _placed(batch, size)
            batch = []
    if batch:
        yield from _placed(batch, size)


def _placed(batch: list[tuple[int, UUID]], size: int) -> Iterator[Hit]:
    """Yield the records of a batch with their places; those that are not sealed yet have none."""
    ids = {identifier.bytes for _, identifier in batch}
    first, end = _tiles_of(batch[0][0], batch[-1][0], last_tile(size))
    placed: list[tuple[int, bytes]] = []
    for tile, row in rows_of_positions(log=_LOG, first=first, last=end - 1):
        places = [place for place in places_in(row, ids) if tile * WIDTH + place < size]
        placed += ((tile * WIDTH + place, row[place * ID_BYTES : (place + 1) * ID_BYTES]) for place in places)
    for start in range(0, len(placed), _A_BATCH):
        yield from _read(placed[start : start + _A_BATCH], size)


def _read(placed: list[tuple[int, bytes]], size: int) -> Iterator[Hit]:
    """Yield the leaves at these places. Raises as :func:`tiles_of_leaves`."""
    leaves = read_leaves(b"".join(identifier for _, identifier in placed))
    hashes = read_hashes(0, sorted({index // WIDTH for index, _ in placed}), size=size)
    for index, identifier in placed:
        leaf = leaves.get(identifier)
        if leaf is None:
            raise LeavesGoneError
        start = index % WIDTH * HASH_BYTES
        if leaf_hash(leaf) != hashes[index // WIDTH][start : start + HASH_BYTES]:
            raise LedgerBrokenError
        yield Hit(index, leaf)


def _tiles_of(first_xid: int, last_xid: int, last: int) -> tuple[int, int]:
    """Return the tiles in which these transactions' entries can be; the edge's always is one of them."""
    with connection.cursor() as cursor:
        cursor.execute(_TILES, [_LOG, first_xid, last_xid])
        first, end = cursor.fetchone()
    if first is None:
        return last - 1, last
    return first, min(end + 2, last)


def _narrowed(wanted: Filter) -> ExchangeQuerySet:
    found: ExchangeQuerySet = Exchange.objects.filter(log=_LOG)
    column = "id" if wanted.time == STARTED else "recorded_at"
    for limit, lookup in ((wanted.start, "gte"), (wanted.end, "lt")):
        if limit is not None:
            moment = datetime.fromisoformat(limit)
            value = first_at(_floor(moment) if lookup == "gte" else moment) if column == "id" else moment
            found = found.filter(**{f"{column}__{lookup}": value})
    if wanted.ids:
        found = found.filter(id__in=[UUID(identifier) for identifier in wanted.ids])
    for name, values in wanted.equal:
        if name in _NO_COLUMNS:
            continue
        if name == "verdict" and NOT_COVERED in values:
            found = found if COVERED in values else found.not_covered()
        else:
            found = found.filter(**{f"{name}__in": values})
    return found


def _floor(moment: datetime) -> datetime:
    """Cut to the millisecond, which is what identifiers hold."""
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)
