"""Openings as they are stored, opened and closed again: to erase one field and keep the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import msgspec
from django.db import connection

from compliance.exchanges.commitments import USER
from compliance.exchanges.seal_openings import opening_name
from compliance.kernel.encryption import nonces, seal, unseal
from compliance.ledger.person_keys import obtain, read_keys
from compliance.retention.vocabulary import PersonalField

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime
    from uuid import UUID

    from compliance.retention.targets import Target

# One index probe a target, in its own month: a join would let the planner read every month instead.
_READ = """
SELECT o.id, o.position, o.lookup, o.dossier_lookup, o.sealed
  FROM unnest(%s::uuid[], %s::smallint[]) AS asked (id, position)
 CROSS JOIN LATERAL (
       SELECT * FROM ledger_opening
        WHERE id = asked.id AND log = %s AND position = asked.position AND lookup IS NOT NULL OFFSET 0) AS o
"""
_WRITE = (
    "INSERT INTO ledger_opening (id, log, position, lookup, dossier_lookup, sealed) VALUES (%s, %s, %s, %s, %s, %s)"
)


class StoredOpening(NamedTuple):
    """One row about a person."""

    id: UUID
    position: int
    lookup: bytes
    dossier_lookup: bytes | None
    sealed: bytes


def read_openings(*, log: int, targets: Sequence[Target]) -> list[StoredOpening]:
    """Return those of these openings that are there."""
    with connection.cursor() as cursor:
        cursor.execute(_READ, [[target.id for target in targets], [target.position for target in targets], log])
        return [
            StoredOpening(identifier, position, bytes(lookup), dossier and bytes(dossier), bytes(sealed))
            for identifier, position, lookup, dossier, sealed in cursor.fetchall()
        ]


def fields_of(opening: StoredOpening, *, log: int) -> dict[PersonalField, bytes]:
    """Return the disclosures in an opening, by field. Raises :class:`CannotOpenError`."""
    cipher = read_keys(log=log, lookups=[opening.lookup])[opening.lookup]
    text = unseal(cipher, opening.sealed, bound_to=opening_name(opening.id.bytes, opening.position))
    return {_field(line): line for line in text.split(b"\n")}


def close_again(
    opening: StoredOpening, disclosures: dict[PersonalField, bytes], *, log: int, at: datetime
) -> StoredOpening | None:
    """Return the opening that holds only these disclosures, or ``None`` when nothing is left.

    A dossier reference that is left without its person is encrypted under the dossier's own key, so that
    nothing leads to the person any more.
    """
    if not disclosures:
        return None
    dossier = opening.dossier_lookup if PersonalField.DOSSIER in disclosures else None
    person = PersonalField.USER if opening.position == USER else PersonalField.SUBJECT
    lookup = opening.lookup if person in disclosures or dossier is None else dossier
    cipher = obtain(log=log, lookups=[lookup], at=at)[lookup]
    name = opening_name(opening.id.bytes, opening.position)
    sealed = seal(cipher, b"\n".join(disclosures.values()), nonce=next(nonces(1)), bound_to=name)
    return StoredOpening(opening.id, opening.position, lookup, dossier, sealed)


def write_openings(openings: Iterable[StoredOpening], *, log: int) -> None:
    """Insert openings, in the caller's transaction."""
    rows = [
        (opening.id, log, opening.position, opening.lookup, opening.dossier_lookup, opening.sealed)
        for opening in openings
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(_WRITE, rows)


def _field(line: bytes) -> PersonalField:
    match msgspec.json.decode(line):
        case [_, "user", _]:
            return PersonalField.USER
        case [_, "dossier", _]:
            return PersonalField.DOSSIER
        case _:
            return PersonalField.SUBJECT
