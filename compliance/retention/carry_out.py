"""Carry out erasures that stand in the log: for the verbs that decide on them, and again after a restore."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import OperationalError, connection
from psycopg.errors import LockNotAvailable

from compliance.detection.forget import forget
from compliance.kernel.errors import UnavailableError
from compliance.retention.openings import StoredOpening, close_again, fields_of, read_openings, write_openings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from uuid import UUID

    from compliance.retention.targets import Target

_RECORD = """
INSERT INTO ledger_erasure (at, log, entry, id, position, fields)
SELECT %s, %s, %s, target.id, target.position, string_to_array(target.fields, ' ')
  FROM unnest(%s::uuid[], %s::smallint[], %s::text[]) AS target (id, position, fields)
"""
_LEFT_WITHOUT = """
SELECT count(*) FROM ledger_person_key k
 WHERE k.log = %s AND k.lookup = ANY(%s)
   AND NOT EXISTS (
       SELECT FROM ledger_opening o
        WHERE o.lookup = k.lookup AND o.log = k.log
          AND (o.id, o.position) NOT IN (SELECT * FROM unnest(%s::uuid[], %s::smallint[])))
"""
_WITHOUT_KEY = """
SELECT told.lookup FROM unnest(%s::bytea[]) AS told (lookup)
 WHERE NOT EXISTS (SELECT FROM ledger_person_key k WHERE k.log = %s AND k.lookup = told.lookup)
"""


class Step(NamedTuple):
    """One opening that goes, and what stays of it, encrypted again: ``None`` when nothing does."""

    before: StoredOpening
    after: StoredOpening | None


class CarriedOut(NamedTuple):
    """How many openings went or shrank, and how many persons' keys were shredded."""

    openings: int
    keys: int


def lock_openings() -> None:
    """Keep every writer of openings out until the transaction ends; call it before anything is read.

    Raises :class:`UnavailableError` when writers are at work for longer than ten seconds.
    """
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT lock_openings()")
    except OperationalError as error:
        if isinstance(error.__cause__, LockNotAvailable):
            message = "Records are being written without a pause. Try again in a moment."
            raise UnavailableError(message, retry_after=10) from error
        raise


def plan(*, log: int, targets: Sequence[Target], at: datetime) -> list[Step]:
    """Return what erasing these targets does to the openings that are there. Hold :func:`lock_openings`."""
    fields = {(target.id, target.position): frozenset(target.fields) for target in targets}
    steps = []
    for opening in read_openings(log=log, targets=targets):
        erased = fields[opening.id, opening.position]
        after = None
        if erased:
            kept = {field: line for field, line in fields_of(opening, log=log).items() if field not in erased}
            after = close_again(opening, kept, log=log, at=at)
        steps.append(Step(opening, after))
    return steps


def keys_left_without(steps: Sequence[Step], *, log: int) -> int:
    """Return how many keys open nothing any more once these steps are taken."""
    leaving = [step.before for step in steps if step.after is None or step.after.lookup != step.before.lookup]
    lookups = list({opening.lookup for opening in leaving})
    places = [opening.id for opening in leaving], [opening.position for opening in leaving]
    with connection.cursor() as cursor:
        cursor.execute(_LEFT_WITHOUT, [log, lookups, *places])
        (count,) = cursor.fetchone()
    return int(count)


def carry_out(*, log: int, entries: Mapping[UUID, Sequence[Target]], steps: Sequence[Step], at: datetime) -> CarriedOut:
    """Record the targets of these entries, which are in the log, and take the steps; in the caller's transaction.

    Every key that opens nothing any more is shredded, and whose it was is forgotten by detection too.
    """
    with connection.cursor() as cursor:
        for entry, targets in entries.items():
            ids, positions, fields = zip(*((t.id, t.position, " ".join(t.fields)) for t in targets), strict=True)
            cursor.execute(_RECORD, [at, log, entry, list(ids), list(positions), list(fields)])
        cursor.execute("SELECT erase_openings(%s)", [list(entries)])
        (openings,) = cursor.fetchone()
        write_openings((step.after for step in steps if step.after is not None), log=log)
        lookups = list({step.before.lookup for step in steps})
        cursor.execute("SELECT shred_keys(%s::smallint, %s::bytea[])", [log, lookups])
        (keys,) = cursor.fetchone()
        cursor.execute(_WITHOUT_KEY, [lookups, log])
        gone = [bytes(lookup) for (lookup,) in cursor.fetchall()]
    forget(persons=gone, exchanges={step.before.id for step in steps}, at=at)
    return CarriedOut(int(openings), int(keys))
