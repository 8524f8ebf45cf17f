"""What is on hold: neither erased, nor destroyed, nor disclosed outside, until a recorded decision releases it.

Held are the records that a hold names, and every other record, older or newer, of the persons whose
openings it names; the database works that out (``held_records``), so no hold keeps a pseudonym.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from compliance.kernel.errors import ConflictError, ForbiddenError

if TYPE_CHECKING:
    from collections.abc import Collection
    from uuid import UUID

_HELD = "SELECT id, hold FROM held_records(%s::smallint) WHERE id = ANY(%s)"
_TOLD = 5


class HeldError(ConflictError):
    """What was asked is refused while a hold stands."""

    problem_type = "on-hold"
    title = "This is on hold: it is kept as it is until a recorded decision releases it."

    def __init__(self, holds: Collection[UUID]) -> None:
        """Name the holds that stand in the way."""
        self.holds = frozenset(holds)
        named = ", ".join(str(hold) for hold in sorted(self.holds)[:_TOLD])
        super().__init__(f"{self.title} Holds: {named}.")


class NotDisclosedError(ForbiddenError):
    """A held record is disclosed to the keeper's own people alone."""

    problem_type = "not-disclosed"
    title = (
        "The persons in this record are not disclosed at present. The data protection officer of the keeper knows why."
    )


def held(*, log: int, ids: Collection[UUID]) -> set[UUID]:
    """Return those of these records that are on hold."""
    return set(holds_on(log=log, ids=ids))


def holds_on(*, log: int, ids: Collection[UUID]) -> dict[UUID, set[UUID]]:
    """Return the holds on each of these records that is held."""
    found: dict[UUID, set[UUID]] = {}
    if ids:
        with connection.cursor() as cursor:
            cursor.execute(_HELD, [log, list(ids)])
            for identifier, hold in cursor.fetchall():
                found.setdefault(identifier, set()).add(hold)
    return found


def refuse_held(*, log: int, ids: Collection[UUID]) -> None:
    """Raise :class:`HeldError` when any of these records is on hold."""
    if found := holds_on(log=log, ids=ids):
        raise HeldError({hold for holds in found.values() for hold in holds})
