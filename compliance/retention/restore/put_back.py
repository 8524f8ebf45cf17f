"""Put lost entries back with the rows beside them, run by run, each a durable transaction; safe to begin again."""

from __future__ import annotations

from datetime import datetime  # noqa: TC003 - the decoder reads the annotation
from typing import TYPE_CHECKING, NamedTuple

import msgspec
from django.db import connection, transaction

from compliance.exchanges.leaf import SCHEMA as EXCHANGE
from compliance.kernel.actor import system
from compliance.kernel.clock import now
from compliance.kernel.record_id import started_at
from compliance.ledger.months import ensure_months, month_of
from compliance.ledger.transaction_ids import TransactionIdsWentBackError
from compliance.oversight.act import SCHEMA as ACT
from compliance.retention.carry_out import lock_openings
from compliance.retention.erase import move_register
from compliance.retention.restore.columns import write_act, write_exchange
from compliance.retention.restore.replay import EVENTS, replay

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compliance.retention.restore.lost_leaves import Gap, LostLeaf
    from compliance.retention.restore.order import Run

RESTORER = system("after_restore")
REASON = "Erasures were carried out again after a restore."
_ENTRY = "INSERT INTO ledger_entry (xid, id, log, recorded_at, leaf) VALUES (%s, %s, %s, %s, %s)"


class _Told(msgspec.Struct, frozen=True):
    schema: str
    at: datetime | None = None
    received_at: datetime | None = None


_decode = msgspec.json.Decoder(_Told).decode


class PutBack(NamedTuple):
    """How many entries were put back, how many of them exchanges, and how many openings were erased again."""

    entries: int
    exchanges: int
    erased: int


def put_back(gap: Gap, runs: Sequence[Run], *, log: int, progress: Callable[[int], object] | None = None) -> PutBack:
    """Write the runs in their order. Those with transactions of old go together, the others each in its own."""
    ensure_months({month_of(started_at(lost.id)) for run in runs for lost in gap.leaves[run.first : run.end]})
    newest = max((place.xid for place in gap.places if place.xid is not None), default=gap.sealed_to[0])
    old = [run for run in runs if run.xid is not None]
    total = PutBack(0, 0, 0)
    for together in [old] * bool(old) + [[run] for run in runs if run.xid is None]:
        with transaction.atomic(durable=True):
            lock_openings()
            done = [_write(gap.leaves[run.first : run.end], log=log, xid=run.xid, newest=newest) for run in together]
            erasing = [lost.id for run in together for lost in gap.leaves[run.first : run.end] if _is_erasure(lost)]
            if erasing:
                move_register(erasing, actor=RESTORER, reason=REASON)
        total = PutBack(*(sum(numbers) for numbers in zip(total, *done, strict=True)))
        if progress is not None:
            progress(sum(run.end - run.first for run in together))
    return total


def _write(leaves: Sequence[LostLeaf], *, log: int, xid: int | None, newest: int) -> PutBack:
    with connection.cursor() as cursor:
        if xid is None:
            cursor.execute("SELECT pg_current_xact_id()::text::bigint")
            (xid,) = cursor.fetchone()
            if xid <= newest:
                raise TransactionIdsWentBackError
        told = [_decode(lost.leaf) for lost in leaves]
        moments = [one.received_at or one.at or now() for one in told]
        cursor.executemany(
            _ENTRY, [(xid, lost.id, log, at, lost.leaf) for lost, at in zip(leaves, moments, strict=True)]
        )
    exchanges = erased = 0
    for lost, one, at in zip(leaves, told, moments, strict=True):
        if one.schema == EXCHANGE:
            write_exchange(lost, log=log, xid=xid, recorded_at=at)
            exchanges += 1
        elif one.schema == ACT:
            write_act(lost, log=log, xid=xid, at=at)
        else:
            erased += replay(lost, log=log, schema=one.schema, at=at)
    return PutBack(len(leaves), exchanges, erased)


def _is_erasure(lost: LostLeaf) -> bool:
    return _decode(lost.leaf).schema in EVENTS
