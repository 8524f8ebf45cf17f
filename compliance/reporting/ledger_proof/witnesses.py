"""How far each witness of the policy is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

# A witness that is away is looked for among the newest cosignatures only: they are kept by size, not by witness.
LOOKED_AT = 20_000

_LAST = """
SELECT asked.name, found.size, found.cosigned_at
FROM unnest(%s::text[]) WITH ORDINALITY AS asked (name, number)
LEFT JOIN LATERAL (
    SELECT size, cosigned_at FROM (
        SELECT witness, size, cosigned_at FROM ledger_cosignature WHERE log = %s ORDER BY size DESC LIMIT %s
    ) AS newest WHERE newest.witness = asked.name LIMIT 1
) AS found ON true ORDER BY asked.number
"""


@dataclass(frozen=True, slots=True)
class WitnessStatus:
    """A witness, and the newest checkpoint that it cosigned; ``None`` when it cosigned none of the newest."""

    name: str
    size: int | None
    cosigned_at: datetime | None


def witnesses_of(*, log: int, names: Collection[str]) -> tuple[WitnessStatus, ...]:
    """Return these witnesses, in this order. One query."""
    if not names:
        return ()
    with connection.cursor() as cursor:
        cursor.execute(_LAST, [list(names), log, LOOKED_AT])
        return tuple(WitnessStatus(*row) for row in cursor.fetchall())
