"""Erase a person, a record or a field, on a stated ground; every proof about the entries still holds.

One durable transaction a decision: an entry in the log (several when there are many targets), the openings,
the keys that then open nothing, and the register's revision, which tells every process to forget its keys.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction

from compliance.exchanges.people import normal_identifier, person_lookup
from compliance.exchanges.reveal import check_reason
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, FieldError, InvalidInputError, NotFoundError
from compliance.ledger.holds import refuse_held
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.months import ensure_months, month_of
from compliance.registry.append_change import append_change
from compliance.retention.carry_out import carry_out, keys_left_without, lock_openings, plan
from compliance.retention.event import append_event, checked_decision
from compliance.retention.openings import fields_of, read_openings
from compliance.retention.schemas import ERASURE
from compliance.retention.targets import Target, openings_of_persons, openings_of_records, told
from compliance.retention.vocabulary import Ground

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from datetime import datetime
    from uuid import UUID

    from compliance.kernel.actor import Actor
    from compliance.retention.vocabulary import PersonalField

REGISTER_KIND = "erasure"
TARGETS_AN_ENTRY = 800
_LOG = LogNumber.EXCHANGES


class Erased(NamedTuple):
    """What was erased: the entries that say so, the openings that went or shrank, the keys that were shredded."""

    entries: tuple[UUID, ...]
    openings: int
    keys_shredded: int


def erase_person(
    *, actor: Actor, kind: str, value: str, ground: Ground, decision: str, reason: str, scope: str = ""
) -> Erased:
    """Erase all openings about a person, as subject and as user, and shred the person's key.

    ``scope`` is the organisation whose own numbers are meant, for kinds other than ``insz``. ``decision`` is
    the reference under which it was decided. Raises :class:`InvalidInputError`, :class:`NotFoundError` when no
    record is about the person, and :class:`HeldError`.
    """
    normal = normal_identifier(kind, value)
    if normal is None:
        detail = "This is not a good number. Check its eleven digits."
        raise InvalidInputError(errors=(FieldError("/value", detail, "not-an-identifier"),))
    lookup = person_lookup(scope, kind, normal)
    return _erase(
        lambda: openings_of_persons(log=_LOG, lookups=[lookup]),
        actor=actor,
        ground=ground,
        decision=decision,
        reason=reason,
    )


def erase_records(
    *, actor: Actor, exchange_ids: Collection[UUID], ground: Ground, decision: str, reason: str
) -> Erased:
    """Erase all openings of these records that are about a person. Raises as :func:`erase_person`."""
    return _erase(
        lambda: openings_of_records(log=_LOG, ids=exchange_ids),
        actor=actor,
        ground=ground,
        decision=decision,
        reason=reason,
    )


def erase_field(
    *,
    actor: Actor,
    exchange_id: UUID,
    field: PersonalField,
    ground: Ground,
    decision: str,
    reason: str,
    position: int | None = None,
) -> Erased:
    """Erase one field of a record, and keep the others. Raises as :func:`erase_person`.

    ``position`` says which subject is meant where a record has more than one; without it a field that stands
    more than once raises :class:`ConflictError`.
    """
    return _erase(
        lambda: _places(exchange_id, field, position), actor=actor, ground=ground, decision=decision, reason=reason
    )


def erase_expired(*, actor: Actor, targets: Sequence[Target], decision: str, reason: str) -> Erased:
    """Erase openings whose term is past; those that are gone by now, or held, are refused as everywhere."""
    return _erase(lambda: list(targets), actor=actor, ground=Ground.RETENTION_ENDED, decision=decision, reason=reason)


def _places(exchange_id: UUID, field: PersonalField, position: int | None) -> list[Target]:
    found = [
        Target(opening.id, opening.position, (field.value,))
        for opening in read_openings(log=_LOG, targets=openings_of_records(log=_LOG, ids=[exchange_id]))
        if position in {None, opening.position} and field in fields_of(opening, log=_LOG)
    ]
    if len(found) > 1:
        message = "This record has this field more than once. Say at which position."
        raise ConflictError(message)
    return found


def _erase(find: Callable[[], list[Target]], *, actor: Actor, ground: Ground, decision: str, reason: str) -> Erased:
    check_reason(reason)
    reference = checked_decision(decision)
    at = now()
    ensure_months([month_of(at)])
    with transaction.atomic(durable=True):
        lock_openings()
        targets = find()
        if not targets:
            message = "There is nothing to erase: no opening about a person is there."
            raise NotFoundError(message)
        refuse_held(log=_LOG, ids={target.id for target in targets})
        steps = plan(log=_LOG, targets=targets, at=at)
        keys = keys_left_without(steps, log=_LOG)
        entries = _append(targets, actor=actor, ground=ground, decision=reference, keys=keys, at=at)
        done = carry_out(log=_LOG, entries=entries, steps=steps, at=at)
        if done != (len(targets), keys):
            message = f"{len(targets)} openings and {keys} keys were to go; {done} did. Nothing was erased."
            raise RuntimeError(message)
        move_register(entries, actor=actor, reason=reason)
    return Erased(tuple(entries), done.openings, done.keys)


def _append(
    targets: Sequence[Target], *, actor: Actor, ground: Ground, decision: str, keys: int, at: datetime
) -> dict[UUID, Sequence[Target]]:
    """Append as many entries as the targets need; each tells how many there are, and the keys of all."""
    parts = [targets[start : start + TARGETS_AN_ENTRY] for start in range(0, len(targets), TARGETS_AN_ENTRY)]
    entries: dict[UUID, Sequence[Target]] = {}
    for number, part in enumerate(parts, 1):
        members = {
            "ground": ground.value,
            "keys_shredded": keys,
            "part": number,
            "parts": len(parts),
            "targets": list(told(part)),
        }
        entry, _ = append_event(log=_LOG, schema=ERASURE, actor=actor, decision=decision, at=at, members=members)
        entries[entry] = part
    return entries


def move_register(entries: Collection[UUID], *, actor: Actor, reason: str) -> None:
    """Move the register's revision, in the caller's transaction: writers forget the keys that they know."""
    append_change(
        kind=REGISTER_KIND,
        code=origin_of(_LOG)[:100],
        state={"entries": [str(entry) for entry in entries]},
        actor=actor,
        reason=reason,
        always=True,
    )
