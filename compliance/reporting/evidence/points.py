"""The checkpoints of a bundle: the one that all leads to, and earlier ones that bound leaves in time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection

from compliance.kernel.clock import from_microseconds, microseconds
from compliance.kernel.errors import NotFoundError, UnavailableError
from compliance.ledger.logs import LogNumber
from compliance.ledger.published import latest_published
from compliance.ledger.trusted import confirm
from compliance.reporting.evidence.verifier.bounds import CLOCKS_SECONDS, MERGE_DELAY_SECONDS
from compliance.reporting.evidence.verifier.declaration import AFTER_ROLE, BEFORE_ROLE, BETWEEN_ROLE, HELD_ROLE

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.ledger.published import PublishedCheckpoint

_LOG = LogNumber.EXCHANGES
BETWEEN = 16
_NEAR = 64
_NOTES = """
SELECT size, note || coalesce((SELECT string_agg(line, '' ORDER BY witness) FROM ledger_cosignature AS cosigned
                               WHERE cosigned.log = signed.log AND cosigned.size = signed.size), '')
FROM ledger_checkpoint AS signed WHERE log = %s
"""
_AT = f"{_NOTES} AND size = %s"
_UP_TO = f"{_NOTES} AND size <= %s ORDER BY size DESC LIMIT %s"
_FROM = f"{_NOTES} AND size >= %s AND size < %s ORDER BY size LIMIT %s"
_SEALED_BEFORE = (
    "SELECT size FROM ledger_head WHERE log = %s AND sealed_at < %s ORDER BY sealed_at DESC, size DESC LIMIT 1"
)
_SEALED_AFTER = "SELECT size FROM ledger_head WHERE log = %s AND sealed_at > %s ORDER BY sealed_at, size LIMIT 1"
_STAMPED = "SELECT size FROM ledger_timestamp WHERE log = %s AND size BETWEEN %s AND %s ORDER BY size LIMIT 1"
_SIGNED = "SELECT size FROM ledger_checkpoint WHERE log = %s AND size BETWEEN %s AND %s ORDER BY size LIMIT 1"
_NEWEST_STAMP = "SELECT max(size) FROM ledger_timestamp WHERE log = %s AND size <= %s"
_TOKENS = "SELECT authority, stamped_at, token FROM ledger_timestamp WHERE log = %s AND size = %s ORDER BY stamped_at"


@dataclass(frozen=True, slots=True)
class Point:
    """An earlier checkpoint, with its cosignatures, and what it is there for."""

    size: int
    role: str
    note: str


@dataclass(frozen=True, slots=True)
class Token:
    """A timestamp over a checkpoint."""

    authority: str
    stamped_at: datetime
    token: bytes


def newest() -> PublishedCheckpoint:
    """Return the checkpoint that a bundle made now leads to. Raises :class:`UnavailableError`."""
    found = latest_published(_LOG)
    if found is None or confirm(found.note) is None:
        detail = "No checkpoint of the ledger is published under the policy yet: there is nothing to prove by."
        raise UnavailableError(detail, retry_after=60)
    return found


def held_point(size: int) -> Point:
    """Return the checkpoint that the recipient holds. Raises :class:`NotFoundError`."""
    found = _rows(_AT, size)
    if not found:
        detail = f"The ledger never published a checkpoint of {size} entries."
        raise NotFoundError(detail)
    return Point(size, HELD_ROLE, found[0][1])


def point_before(moment: datetime, *, most: int) -> Point | None:
    """Return the last checkpoint that all its witnesses confirmed well before a moment."""
    limit = microseconds(moment) // 1_000_000 - CLOCKS_SECONDS
    with connection.cursor() as cursor:
        cursor.execute(_SEALED_BEFORE, [_LOG, from_microseconds(limit * 1_000_000)])
        row = cursor.fetchone()
    for size, note in [] if row is None else _rows(_UP_TO, min(row[0], most), _NEAR):
        confirmed = confirm(note)
        if confirmed is not None and confirmed.quorum_met and max(confirmed.witnesses.values(), default=limit) < limit:
            return Point(size, BEFORE_ROLE, note)
    return None


def point_after(moment: datetime, *, most: int) -> Point | None:
    """Return the first checkpoint that witnesses confirmed so long after a moment that it holds all received before."""
    limit = microseconds(moment) // 1_000_000 + MERGE_DELAY_SECONDS + CLOCKS_SECONDS
    with connection.cursor() as cursor:
        cursor.execute(_SEALED_AFTER, [_LOG, from_microseconds(limit * 1_000_000)])
        row = cursor.fetchone()
    for size, note in [] if row is None else _rows(_FROM, row[0], most, _NEAR):
        confirmed = confirm(note)
        if confirmed is not None and confirmed.quorum_met and min(confirmed.witnesses.values(), default=limit) > limit:
            return Point(size, AFTER_ROLE, note)
    return None


def points_between(first: int, end: int, *, head: int) -> list[Point]:
    """Return some checkpoints between two sizes, evenly spread, those with a timestamp first; and the last stamped."""
    wanted: set[int] = set()
    step = max((end - first) // BETWEEN, 1)
    with connection.cursor() as cursor:
        for start in range(first, end, step):
            for query in (_STAMPED, _SIGNED):
                cursor.execute(query, [_LOG, max(start, 1), min(start + step - 1, head - 1)])
                row = cursor.fetchone()
                if row is not None:
                    wanted.add(row[0])
                    break
        cursor.execute(_NEWEST_STAMP, [_LOG, head])
        (stamped,) = cursor.fetchone()
    if stamped is not None and stamped < head:
        wanted.add(stamped)
    found = (_rows(_AT, size) for size in sorted(wanted))
    return [Point(size, BETWEEN_ROLE, note) for rows in found for size, note in rows if confirm(note) is not None]


def tokens_of(size: int) -> list[Token]:
    """Return the timestamps over a checkpoint."""
    with connection.cursor() as cursor:
        cursor.execute(_TOKENS, [_LOG, size])
        return [Token(authority, at, bytes(token)) for authority, at, token in cursor.fetchall()]


def _rows(query: str, *parameters: int) -> list[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(query, [_LOG, *parameters])
        return list(cursor.fetchall())
