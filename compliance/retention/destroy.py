"""Destroy a month whose records are past their term, and attest it; hashes, positions and checkpoints stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from django.db import OperationalError, connection, transaction
from psycopg.errors import LockNotAvailable, ObjectInUse

from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, UnavailableError
from compliance.ledger.holds import HeldError
from compliance.ledger.logs import LogNumber
from compliance.ledger.months import ensure_months, month_of
from compliance.ledger.stored_tiles import tree_of
from compliance.retention.carry_out import lock_openings
from compliance.retention.erase import move_register
from compliance.retention.event import append_event
from compliance.retention.expired import obstacles
from compliance.retention.leaf_ranges import LeavesOfMonth, count_entries, leaves_of
from compliance.retention.schemas import DESTRUCTION
from compliance.retention.vocabulary import Ground

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from compliance.kernel.actor import Actor
    from compliance.retention.terms import Month

_RECORD = "INSERT INTO ledger_destruction (at, month, log, entry, leaf) VALUES (%s, %s, %s, %s, %s)"
_ATTESTS = "SELECT entry, leaf FROM ledger_destruction ORDER BY month, log"


class NotExpiredError(ConflictError):
    """A month that must stay."""

    problem_type = "not-expired"
    title = "This month cannot be destroyed."


class Destroyed(NamedTuple):
    """A month that is gone: its attests by log, the tiles whose entries' copies must go too, keys shredded."""

    month: Month
    attests: tuple[dict[str, Any], ...]
    tiles: dict[int, list[int]]
    keys_shredded: int


def destroy(month: Month, *, actor: Actor, decision: str, reason: str) -> Destroyed:
    """Drop a month's partitions in one durable transaction that attests it in every log of which it held entries.

    The copies in the tile store go afterwards: :func:`compliance.retention.copies.forget_copies`. Raises
    :class:`NotExpiredError`, :class:`HeldError` and :class:`UnavailableError`.
    """
    at = now()
    if found := obstacles(month, at=at):
        message = f"{month} stays: {'; '.join(found)}."
        raise NotExpiredError(message)
    leaves = [leaves_of(month, log=log) for log in LogNumber]
    if any(of.sealed != of.entries for of in leaves):
        message = f"Entries of {month} are not sealed yet."
        raise UnavailableError(message, retry_after=60)
    ensure_months([month_of(at)])
    try:
        with transaction.atomic(durable=True):
            lock_openings()
            for of in leaves:
                if count_entries(month, log=of.log) != (of.entries, of.first_xid, of.last_xid):
                    message = f"{month} changed while it was looked at."
                    raise UnavailableError(message)
            attests = {}
            for of in leaves:
                if of.entries:
                    entry, leaf = _attest(of, month, actor=actor, decision=decision, at=at)
                    attests[entry] = leaf
            keys = carry_out_destruction(month)
            move_register(attests, actor=actor, reason=reason)
    except OperationalError as error:
        match error.__cause__:
            case ObjectInUse():
                raise HeldError(()) from error
            case LockNotAvailable():
                message = "The tables are being read or written without a pause. Try again in a moment."
                raise UnavailableError(message, retry_after=10) from error
            case _:
                raise
    told = tuple(msgspec.json.decode(leaf) for leaf in attests.values())
    return Destroyed(month, told, {of.log: of.tiles for of in leaves if of.entries}, keys)


def carry_out_destruction(month: Month) -> int:
    """Have the database drop a month whose destruction this transaction recorded; return how many keys went too."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT destroy_month(%s)", [month.first_day])
        return int(cursor.fetchone()[0])


def record_destruction(*, log: int, month: Month, entry: UUID, leaf: bytes, at: datetime) -> None:
    """Keep the attest, whose entry is in the log, as a row too: the month that it stands in ends one day as well."""
    with connection.cursor() as cursor:
        cursor.execute(_RECORD, [at, month.first_day, log, entry, leaf])


def attests() -> list[dict[str, Any]]:
    """Return all attests of destruction, as their entries say them."""
    with connection.cursor() as cursor:
        cursor.execute(_ATTESTS)
        return [msgspec.json.decode(bytes(leaf)) for _, leaf in cursor.fetchall()]


def _attest(of: LeavesOfMonth, month: Month, *, actor: Actor, decision: str, at: datetime) -> tuple[UUID, bytes]:
    tree = tree_of(of.log)
    members = {
        "count": of.entries,
        "ground": Ground.RETENTION_ENDED.value,
        "month": str(month),
        "ranges": of.told_ranges,
        "root": tree.root().hex(),
        "size": tree.size,
    }
    entry, leaf = append_event(log=of.log, schema=DESTRUCTION, actor=actor, decision=decision, at=at, members=members)
    record_destruction(log=of.log, month=month, entry=entry, leaf=leaf, at=at)
    return entry, leaf
