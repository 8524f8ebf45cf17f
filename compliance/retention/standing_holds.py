"""The holds that stand, with how many records each holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from compliance.ledger.logs import LogNumber

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

_STANDING = """
SELECT held.hold, min(h.at), count(DISTINCT held.id)
  FROM held_records(%s::smallint) AS held
  JOIN ledger_hold h ON h.entry = held.hold
 GROUP BY held.hold
 ORDER BY 2, 1
"""


class StandingHold(NamedTuple):
    """A hold by its entry, since when, and how many records it holds now."""

    entry: UUID
    at: datetime
    records: int


def standing_holds(*, log: int = LogNumber.EXCHANGES) -> list[StandingHold]:
    """Return the holds that nobody released, the oldest first."""
    with connection.cursor() as cursor:
        cursor.execute(_STANDING, [log])
        return [StandingHold(*row) for row in cursor.fetchall()]
