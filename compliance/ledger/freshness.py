"""How long entries wait for their place in the log, and when that is too long to promise more places.

A receipt promises a place within the maximum merge delay. When the oldest entry that has none is older
than that, nothing more is recorded until sealing goes on: a promise that is broken already is not given again.
"""

from __future__ import annotations

import time
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from compliance.kernel.clock import now
from compliance.kernel.errors import UnavailableError
from compliance.ledger.logs import LogNumber

if TYPE_CHECKING:
    from datetime import datetime

RETRY_AFTER = 30
_BELIEVED_SECONDS = 1.0
_EDGE = "SELECT last_xid, last_id, sealed_through FROM ledger_edge WHERE log = %s AND isfinite(sealed_through)"
_KEY = "SELECT last_xid, last_id FROM ledger_edge WHERE log = %s"
_UNSEALED = "FROM ledger_entry WHERE log = %s AND xid >= %s AND (xid, id) > (%s, %s)"
_OLDEST = f"SELECT min(recorded_at) {_UNSEALED}"
_ANY_BEFORE = f"SELECT recorded_at {_UNSEALED} AND recorded_at < %s LIMIT 1"


class NotSealedInTimeError(UnavailableError):
    """Entries wait for longer than a receipt may promise: no more are taken until they are sealed."""

    problem_type = "not-sealed-in-time"
    title = "Earlier records wait too long for their place in the ledger. Nothing was recorded; send it again later."


class _Key(NamedTuple):
    """Up to where a log is sealed; from the beginning on when it never was."""

    xid: int = 0
    id: UUID = UUID(int=0)


class Waiting(NamedTuple):
    """What was found of a log at a moment of the monotonic clock; ``oldest`` waits for as long as ``key`` stays."""

    looked: float = float("-inf")
    is_late: bool = False
    key: _Key | None = None
    oldest: datetime | None = None


_last = Waiting()


def unsealed_age(log: int) -> timedelta | None:
    """Return the age of the log's oldest entry that has no place yet, or ``None`` when all have one."""
    oldest = _oldest(log, _key(log))
    return None if oldest is None else now() - oldest


def require_sealing() -> None:
    """Raise :class:`NotSealedInTimeError` when exchanges wait too long for their place.

    It looks once a second at the most in each process; in between it costs a comparison.
    """
    global _last  # noqa: PLW0603 - what this process found last; replaced whole
    if time.monotonic() - _last.looked > _BELIEVED_SECONDS:
        _last = _look(LogNumber.EXCHANGES, _last)
    if _last.is_late:
        raise NotSealedInTimeError(retry_after=RETRY_AFTER)


def _look(log: int, before: Waiting) -> Waiting:
    looked = time.monotonic()
    cutoff = now() - timedelta(seconds=settings.MAX_MERGE_DELAY_SECONDS)
    with connection.cursor() as cursor:
        cursor.execute(_EDGE, [log])
        edge = cursor.fetchone()
    if edge is not None and edge[2] >= cutoff:
        return Waiting(looked)
    key = _key(log)
    oldest = before.oldest if before.key == key else None
    if oldest is None:
        # One that is old enough is found at once; only when there is none do all have to be looked at, which are few.
        oldest = _any_before(log, key, cutoff) or _oldest(log, key)
    return Waiting(looked, oldest is not None and oldest < cutoff, key, oldest)


def _key(log: int) -> _Key:
    with connection.cursor() as cursor:
        cursor.execute(_KEY, [log])
        row = cursor.fetchone()
    return _Key() if row is None else _Key(*row)


def _oldest(log: int, key: _Key) -> datetime | None:
    return _first(_OLDEST, [log, key.xid, key.xid, key.id])


def _any_before(log: int, key: _Key, cutoff: datetime) -> datetime | None:
    return _first(_ANY_BEFORE, [log, key.xid, key.xid, key.id, cutoff])


def _first(query: str, told: list[int | UUID | datetime]) -> datetime | None:
    with transaction.atomic(), connection.cursor() as cursor:
        # The planner cannot know how few entries wait: let it go by the index on xid, as the sealer does.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(query, told)
        row = cursor.fetchone()
    return None if row is None else row[0]
