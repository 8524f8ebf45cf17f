"""Bundles of entries out of the database, in the leaves' order, many tiles in one query."""

from __future__ import annotations

from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction

from compliance.ledger.edge import ID_BYTES
from compliance.ledger.positions import rows_of_positions
from compliance.ledger.tiles import WIDTH

# The limit makes each identifier a probe of the index, whatever the planner believes of the table's size.
_BUNDLES = """
SELECT place.n / %(width)s, count(*),
       string_agg(substr(int4send(octet_length(entry.leaf)), 3) || entry.leaf, ''::bytea ORDER BY place.n)
  FROM (SELECT n, encode(substr(%(ids)s::bytea, n * 16 + 1, 16), 'hex')::uuid AS id
          FROM generate_series(0, octet_length(%(ids)s::bytea) / 16 - 1) AS series (n)) AS place
  CROSS JOIN LATERAL (
      SELECT leaf FROM ledger_entry
       WHERE log = %(log)s AND id = place.id AND id BETWEEN %(lowest)s AND %(highest)s LIMIT 1
  ) AS entry
 GROUP BY 1
"""


class StoredBundle(NamedTuple):
    """The entries of one tile, each after its length in two bytes, and how many the database still holds."""

    entries: int
    octets: bytes


def stored_bundles(*, log: int, first: int, end: int) -> dict[int, StoredBundle]:
    """Return the bundles of the leaves from ``first`` (the first of a tile) up to ``end``, by tile.

    What was destroyed is left out, so that a bundle may hold fewer entries than its tile has leaves.
    """
    tile = first // WIDTH
    rows = rows_of_positions(log=log, first=tile, last=max(end - 1, 0) // WIDTH)
    ids = b"".join(row for _, row in rows)[: (end - first) * ID_BYTES]
    if not ids:
        return {}
    each = [ids[at : at + ID_BYTES] for at in range(0, len(ids), ID_BYTES)]
    bounds = {"lowest": UUID(bytes=min(each)), "highest": UUID(bytes=max(each))}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL work_mem = '64MB'")
        cursor.execute(_BUNDLES, {"log": log, "ids": ids, "width": WIDTH, **bounds})
        found = cursor.fetchall()
    return {tile + number: StoredBundle(count, bytes(octets)) for number, count, octets in found}
