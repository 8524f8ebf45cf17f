"""Read the entries of a period one after the other, in the order of their start, without holding them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection, transaction

from compliance.kernel.record_id import first_at
from compliance.ledger.logs import LogNumber

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator
    from datetime import datetime
    from uuid import UUID

_AT_ONCE = 10_000
_LOG = LogNumber.EXCHANGES
# What was corrected is told by its correction.
_STANDING = """
SELECT e.id, e.leaf
  FROM ledger_entry e {join}
 WHERE e.log = %(log)s AND e.id >= %(start)s AND e.id < %(end)s
   AND NOT EXISTS (SELECT 1 FROM exchanges_correction c WHERE c.original = e.id AND c.log = e.log)
 ORDER BY e.id
"""
_OF_PARTNERS = (
    "JOIN exchanges_exchange x ON x.id = e.id AND x.log = e.log AND x.partner = ANY(%(partners)s) "
    "AND x.id >= %(start)s AND x.id < %(end)s"
)


def stream_leaves(
    *, start: datetime, end: datetime, partners: Collection[str] | None = None
) -> Iterator[tuple[UUID, bytes]]:
    """Yield id and leaf of what started from ``start`` until ``end`` (excluded), except what was corrected since.

    Reads through a cursor of the server, in a transaction that writes nothing.
    """
    query = _STANDING.format(join="" if partners is None else _OF_PARTNERS)
    told = {"log": _LOG, "start": first_at(start), "end": first_at(end), "partners": list(partners or ())}
    with transaction.atomic():
        connection.ensure_connection()
        with connection.wrap_database_errors, connection.connection.cursor(name="leaves") as cursor:
            cursor.itersize = _AT_ONCE
            cursor.execute(query, told, binary=True)
            yield from cursor
