"""Put records or a person on hold, and release them again: recorded decisions, each an entry of the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, connection, transaction
from psycopg.errors import UniqueViolation

from compliance.exchanges.models import Exchange
from compliance.exchanges.people import normal_identifier, person_lookup
from compliance.exchanges.reveal import check_reason
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, FieldError, InvalidInputError, NotFoundError
from compliance.ledger.logs import LogNumber
from compliance.ledger.months import ensure_months, month_of
from compliance.retention.carry_out import lock_openings
from compliance.retention.event import append_event, checked_decision
from compliance.retention.schemas import HOLD, HOLD_RELEASE
from compliance.retention.targets import openings_of_persons

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from uuid import UUID

    from compliance.kernel.actor import Actor

MOST_RECORDS = 1_000
# By any of them the person is found again, and so are all records: after a restore too, when the newest are lost.
NAMED_OPENINGS = 100
_LOG = LogNumber.EXCHANGES
_HOLD = """
INSERT INTO ledger_hold (at, log, entry, id, position)
SELECT %s, %s, %s, target.id, target.position FROM unnest(%s::uuid[], %s::smallint[]) AS target (id, position)
"""
_RELEASE = """
INSERT INTO ledger_hold_release (at, log, entry, hold)
SELECT %s, log, %s, entry FROM ledger_hold WHERE log = %s AND entry = %s LIMIT 1
"""


def hold_records(*, actor: Actor, exchange_ids: Collection[UUID], reason: str, decision: str) -> UUID:
    """Put records on hold and return the hold. One durable transaction.

    Until it is released nothing of them is erased, destroyed or disclosed outside. Raises
    :class:`InvalidInputError` and, when one of the records is not there, :class:`NotFoundError`.
    """
    if len(exchange_ids) > MOST_RECORDS:
        detail = f"One hold has {MOST_RECORDS} records at the most."
        raise InvalidInputError(errors=(FieldError("/exchange_ids", detail, "too-many"),))

    def find() -> list[tuple[UUID, int | None]]:
        found = Exchange.objects.filter(log=_LOG, id__in=exchange_ids).order_by("id").values_list("id", flat=True)
        there: list[tuple[UUID, int | None]] = [(identifier, None) for identifier in found]
        return there if len(there) == len(set(exchange_ids)) else []

    return _hold(find, actor=actor, reason=reason, decision=decision)


def hold_person(*, actor: Actor, kind: str, value: str, reason: str, decision: str, scope: str = "") -> UUID:
    """Put all records about a person on hold, those to come included. As :func:`hold_records`."""
    normal = normal_identifier(kind, value)
    if normal is None:
        detail = "This is not a good number. Check its eleven digits."
        raise InvalidInputError(errors=(FieldError("/value", detail, "not-an-identifier"),))
    lookup = person_lookup(scope, kind, normal)

    def find() -> list[tuple[UUID, int | None]]:
        found = openings_of_persons(log=_LOG, lookups=[lookup])[:NAMED_OPENINGS]
        return [(target.id, target.position) for target in found]

    return _hold(find, actor=actor, reason=reason, decision=decision)


def release(*, actor: Actor, hold: UUID, reason: str, decision: str) -> UUID:
    """End a hold, and return the entry that says so. One durable transaction.

    Raises :class:`InvalidInputError`, :class:`NotFoundError`, and :class:`ConflictError` when it was released before.
    """
    check_reason(reason)
    reference = checked_decision(decision)
    at = now()
    ensure_months([month_of(at)])
    try:
        with transaction.atomic(durable=True), connection.cursor() as cursor:
            members = {"hold": str(hold), "reason": reason.strip()}
            entry, _ = append_event(
                log=_LOG, schema=HOLD_RELEASE, actor=actor, decision=reference, at=at, members=members
            )
            cursor.execute(_RELEASE, [at, entry, _LOG, hold])
            if not cursor.rowcount:
                raise NotFoundError
    except IntegrityError as error:
        if isinstance(error.__cause__, UniqueViolation):
            message = "This hold was released before."
            raise ConflictError(message) from error
        raise
    return entry


def write_hold(entry: UUID, targets: Sequence[tuple[UUID, int | None]], *, at: Any) -> None:
    """Write the rows of a hold whose entry is in the log, in the caller's transaction."""
    ids, positions = zip(*targets, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(_HOLD, [at, _LOG, entry, list(ids), list(positions)])


def write_release(entry: UUID, hold: UUID, *, at: Any) -> None:
    """Write the row of a release whose entry is in the log, in the caller's transaction."""
    with connection.cursor() as cursor:
        cursor.execute(_RELEASE, [at, entry, _LOG, hold])


def _hold(find: Callable[[], list[tuple[UUID, int | None]]], *, actor: Actor, reason: str, decision: str) -> UUID:
    check_reason(reason)
    reference = checked_decision(decision)
    at = now()
    ensure_months([month_of(at)])
    with transaction.atomic(durable=True):
        # An erasure that is at it ends first; one that comes later sees the hold.
        lock_openings()
        targets = find()
        if not targets:
            raise NotFoundError
        members = {
            "reason": reason.strip(),
            "targets": [
                [str(identifier), *([] if position is None else [position])] for identifier, position in targets
            ],
        }
        entry, _ = append_event(log=_LOG, schema=HOLD, actor=actor, decision=reference, at=at, members=members)
        write_hold(entry, targets, at=at)
    return entry
