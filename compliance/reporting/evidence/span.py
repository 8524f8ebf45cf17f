"""Which leaves a bundle of a range holds, and the checkpoints that bound them in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import connection

from compliance.kernel.record_id import first_at
from compliance.ledger.logs import LogNumber
from compliance.ledger.tiles import WIDTH
from compliance.reporting.evidence.points import Point, point_after, point_before
from compliance.reporting.evidence.verifier.selection import RECEIVED, Filter

if TYPE_CHECKING:
    from uuid import UUID

_LOG = LogNumber.EXCHANGES
_TRANSACTIONS = "SELECT min(xid), max(xid) FROM ledger_entry WHERE log = %s AND id >= %s AND id < %s"
_TILES = "SELECT min(tile), max(tile) FROM ledger_position WHERE log = %s AND last_xid >= %s AND first_xid <= %s"
_BEFORE_EDGE = "SELECT max(last_xid) FROM ledger_position WHERE log = %s"


@dataclass(frozen=True, slots=True)
class Span:
    """Leaves ``first`` to ``end`` (excluded), in whole tiles, and the checkpoints around them."""

    first: int
    end: int
    points: tuple[Point, ...]


def span_of(wanted: Filter, *, size: int, complete: bool) -> Span:
    """Choose the leaves that hold all that the filter selects among the first ``size``.

    By time of receipt, and whenever completeness is asked, the range reaches from the last checkpoint
    before the period (or the beginning) to the first that cannot miss anything of it (or the newest).
    Otherwise it is where entries of the period stand now.
    """
    if wanted.time == RECEIVED or complete:
        return _bounded(wanted, size)
    if wanted.start is None and wanted.end is None:
        return Span(0, size, ())
    first, end = _tiles_of(wanted)
    return Span(min(first * WIDTH, _whole(size)), min(end * WIDTH, size), ())


def _bounded(wanted: Filter, size: int) -> Span:
    before = after = None
    if wanted.start is not None:
        before = point_before(datetime.fromisoformat(wanted.start), most=size - 1)
    if wanted.end is not None and wanted.time == RECEIVED:
        after = point_after(datetime.fromisoformat(wanted.end), most=size)
    first = _whole(0 if before is None else before.size)
    end = size if after is None else min(-(-after.size // WIDTH) * WIDTH, size)
    return Span(first, max(first, end), tuple(point for point in (before, after) if point is not None))


def _tiles_of(wanted: Filter) -> tuple[int, int]:
    """Return the tiles, first and end, in which entries of a period of starts stand."""
    lowest, highest = _limits(wanted)
    with connection.cursor() as cursor:
        cursor.execute(_TRANSACTIONS, [_LOG, lowest, highest])
        first_xid, last_xid = cursor.fetchone()
        if first_xid is None:
            return 0, 0
        cursor.execute(_TILES, [_LOG, first_xid, last_xid])
        first, last = cursor.fetchone()
        cursor.execute(_BEFORE_EDGE, [_LOG])
        (full_until,) = cursor.fetchone()
        cursor.execute("SELECT coalesce(max(tile) + 1, 0) FROM ledger_position WHERE log = %s", [_LOG])
        (edge,) = cursor.fetchone()
    if first is None:
        return edge, edge + 1
    # What the last full tile does not hold stands at the edge, or is not sealed yet.
    return first, edge + 1 if last_xid >= full_until else last + 1


def _limits(wanted: Filter) -> tuple[UUID | str, UUID | str]:
    lowest: UUID | str = "00000000-0000-0000-0000-000000000000"
    highest: UUID | str = "ffffffff-ffff-ffff-ffff-ffffffffffff"
    if wanted.start is not None:
        start = datetime.fromisoformat(wanted.start)
        lowest = first_at(start.replace(microsecond=start.microsecond // 1000 * 1000))
    if wanted.end is not None:
        highest = first_at(datetime.fromisoformat(wanted.end))
    return lowest, highest


def _whole(size: int) -> int:
    return size // WIDTH * WIDTH
