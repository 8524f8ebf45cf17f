"""Where an entry stands in its log, and which entry stands where.

Leaves are sealed in the order of (transaction, identifier), so the transactions of the rows of positions
only rise: those that an entry's transaction can be in are found by index, and searched for the identifier.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection

from compliance.ledger.edge import ID_BYTES
from compliance.ledger.tiles import WIDTH

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

_WRITER = "SELECT xid FROM ledger_entry WHERE log = %s AND id = %s"
_ROWS = (
    "SELECT tile, ids FROM ledger_position WHERE log = %s AND last_xid >= %s AND first_xid <= %s "
    "AND position(%s::bytea IN ids) > 0 ORDER BY last_xid, tile"
)
_EDGE = "SELECT size, ids FROM ledger_edge WHERE log = %s"
_RANGE = "SELECT tile, ids FROM ledger_position WHERE log = %s AND tile BETWEEN %s AND %s ORDER BY tile"
_TILES_A_TIME = 64
# Entries of one transaction are sealed in the order of their identifiers: most of its rows need not be searched.
_MANY = """
SELECT asked.id, found.tile, found.place
  FROM unnest(%s::uuid[]) AS wanted (id)
 CROSS JOIN LATERAL (SELECT id, xid, uuid_send(id) AS octets FROM ledger_entry
                      WHERE log = %s AND id = wanted.id OFFSET 0) AS asked
 CROSS JOIN LATERAL (
       SELECT tile, position(asked.octets IN ids) AS place FROM ledger_position
        WHERE log = %s AND last_xid >= asked.xid AND first_xid <= asked.xid
          AND (first_xid < asked.xid OR substring(ids FROM 1 FOR 16) <= asked.octets)
          AND (last_xid > asked.xid OR substring(ids FROM length(ids) - 15) >= asked.octets)
          AND position(asked.octets IN ids) > 0
        ORDER BY last_xid, tile LIMIT 1) AS found
"""
_KEY = "SELECT last_xid, last_id FROM ledger_edge WHERE log = %s"
_LAST_ID = UUID(int=2**128 - 1)


def position_of(*, log: int, identifier: UUID) -> int | None:
    """Return the leaf index of an entry, or ``None`` when it is not sealed, or not there."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITER, [log, identifier])
        writer = cursor.fetchone()
        if writer is None:
            return None
        # The edge first: what leaves it meanwhile is in the rows by the time these are read.
        cursor.execute(_EDGE, [log])
        edge = cursor.fetchone()
        cursor.execute(_ROWS, [log, writer[0], writer[0], identifier.bytes])
        rows = cursor.fetchall()
    if edge is not None:
        rows.append((edge[0] // WIDTH, edge[1]))
    for tile, ids in rows:
        place = _place(bytes(ids), identifier.bytes)
        if place is not None:
            return int(tile) * WIDTH + place
    return None


def positions_of(*, log: int, identifiers: Collection[UUID]) -> dict[UUID, int]:
    """Return the leaf index of each of these entries that is sealed. Two queries, however many there are."""
    if not identifiers:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_EDGE, [log])
        edge = cursor.fetchone()
        cursor.execute(_MANY, [list(identifiers), log, log])
        found = {identifier: (tile, place - 1) for identifier, tile, place in cursor.fetchall()}
    indices = {
        identifier: tile * WIDTH + at // ID_BYTES for identifier, (tile, at) in found.items() if at % ID_BYTES == 0
    }
    for identifier in set(identifiers) - indices.keys():
        place = None if edge is None else _place(bytes(edge[1]), identifier.bytes)
        if place is not None:
            indices[identifier] = edge[0] // WIDTH * WIDTH + place
        elif identifier in found and (index := position_of(log=log, identifier=identifier)) is not None:
            indices[identifier] = index  # its bytes stand across two others first
    return indices


def sealed_below(log: int) -> int:
    """Return the transaction id below which all that was committed has its place in the log."""
    with connection.cursor() as cursor:
        cursor.execute(_KEY, [log])
        row = cursor.fetchone()
    if row is None:
        return 0
    return int(row[0]) + (1 if row[1] == _LAST_ID else 0)


def identifiers(*, log: int, first: int, end: int) -> list[UUID]:
    """Return the identifiers of the leaves from ``first`` up to ``end``, in their order; fewer when not sealed."""
    told = b"".join(ids for _, ids in rows_of_positions(log=log, first=first // WIDTH, last=max(end - 1, 0) // WIDTH))
    start = first % WIDTH
    return [
        UUID(bytes=told[at : at + ID_BYTES])
        for at in range(start * ID_BYTES, min((start + end - first) * ID_BYTES, len(told)), ID_BYTES)
    ]


def rows_of_positions(*, log: int, first: int, last: int) -> Iterator[tuple[int, bytes]]:
    """Yield (tile, the identifiers of its leaves put together) from one tile to another; the last may be not full."""
    for start in range(first, last + 1, _TILES_A_TIME):
        with connection.cursor() as cursor:
            cursor.execute(_EDGE, [log])
            edge = cursor.fetchone()
            cursor.execute(_RANGE, [log, start, min(start + _TILES_A_TIME - 1, last)])
            rows = cursor.fetchall()
        for tile, ids in rows:
            yield tile, bytes(ids)
        reached = rows[-1][0] + 1 if rows else start
        if len(rows) < min(_TILES_A_TIME, last + 1 - start):
            if edge is not None and edge[0] // WIDTH == reached and edge[1]:
                yield reached, bytes(edge[1])
            return


def _place(ids: bytes, identifier: bytes) -> int | None:
    at = ids.find(identifier)
    while at >= 0:
        if at % ID_BYTES == 0:
            return at // ID_BYTES
        at = ids.find(identifier, at + 1)
    return None
