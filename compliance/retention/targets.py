"""What an erasure takes away: openings, or fields of them, named by record and position."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from uuid import UUID

_OF_PERSONS = "SELECT id, position FROM ledger_opening WHERE log = %s AND lookup = ANY(%s) ORDER BY id, position"
# One index probe a record, in its own month: a join would let the planner read every month instead.
_OF_RECORDS = """
SELECT o.id, o.position
  FROM unnest(%s::uuid[]) AS asked (id)
 CROSS JOIN LATERAL (
       SELECT id, position FROM ledger_opening
        WHERE id = asked.id AND log = %s AND lookup IS NOT NULL OFFSET 0) AS o
 ORDER BY o.id, o.position
"""


class Target(NamedTuple):
    """The opening of a record at a position; with ``fields`` only these of it, otherwise all of it."""

    id: UUID
    position: int
    fields: tuple[str, ...] = ()


def openings_of_persons(*, log: int, lookups: Collection[bytes]) -> list[Target]:
    """Return all openings of these persons, whole."""
    return _targets(_OF_PERSONS, log, list(lookups))


def openings_of_records(*, log: int, ids: Collection[UUID]) -> list[Target]:
    """Return the openings of these records that are about a person, whole."""
    return _targets(_OF_RECORDS, list(ids), log)


def told(targets: Iterable[Target]) -> Iterator[list[object]]:
    """Write targets as they stand in an entry: ``[id, position]`` or ``[id, position, [field, …]]``."""
    for target in targets:
        fields = [list(target.fields)] if target.fields else []
        yield [str(target.id), target.position, *fields]


def _targets(query: str, *parameters: Any) -> list[Target]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return [Target(identifier, position) for identifier, position in cursor.fetchall()]
