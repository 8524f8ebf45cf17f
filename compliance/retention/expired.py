"""What of a month may go: all of it, or the openings of those records whose term is past."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec
from django.db import connection

from compliance.exchanges.leaf import SCHEMA as EXCHANGE_SCHEMA
from compliance.exchanges.vocabulary import RetentionClass
from compliance.ledger.logs import LogNumber
from compliance.retention.schemas import DESTRUCTION, ERASURE, HOLD, HOLD_RELEASE
from compliance.retention.targets import Target
from compliance.retention.terms import years_kept

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from uuid import UUID

    from compliance.retention.terms import Month

_LOG = LogNumber.EXCHANGES
_OF_CLASS = (
    "SELECT EXISTS (SELECT FROM ledger_entry WHERE log = %s AND id >= %s AND id < %s AND position(%s IN leaf) > 0)"
)
_HELD = "SELECT EXISTS (SELECT FROM held_records(%s::smallint) WHERE id >= %s AND id < %s)"
_EVENTS = """
SELECT e.id, e.leaf FROM ledger_entry e
 WHERE e.log = %s AND e.id >= %s AND e.id < %s
   AND NOT EXISTS (SELECT FROM exchanges_exchange x WHERE x.id = e.id AND x.log = e.log AND x.id >= %s AND x.id < %s)
"""
_EXPLAINS = """
SELECT EXISTS (
    SELECT FROM ledger_erasure r
     WHERE r.entry = %s AND r.log = %s AND NOT (r.id >= %s AND r.id < %s)
       AND EXISTS (SELECT FROM ledger_entry e WHERE e.id = r.id AND e.log = r.log))
"""
_OPENINGS = """
SELECT o.id, o.position
  FROM ledger_opening o
 CROSS JOIN LATERAL (
       SELECT leaf FROM ledger_entry WHERE id = o.id AND log = o.log AND id >= %s AND id < %s OFFSET 0) AS e
 WHERE o.log = %s AND o.id >= %s AND o.id < %s AND o.lookup IS NOT NULL AND position(%s IN e.leaf) > 0
   AND o.id NOT IN (SELECT id FROM held_records(%s::smallint))
 LIMIT %s
"""


class Obstacle(StrEnum):
    """Why a month stays."""

    LONGER_TERM = "a record in it is kept for longer"
    HELD = "a record in it is on hold"
    NEEDED = "an entry in it explains what was erased from, or decided about, what is still there"


class _Told(msgspec.Struct, frozen=True):
    schema: str


_decode = msgspec.json.Decoder(_Told).decode


def obstacles(month: Month, *, at: datetime) -> list[Obstacle]:
    """Return what stands in the way of destroying a month."""
    found = []
    ids = month.ids
    with connection.cursor() as cursor:
        longer = [kept for kept in RetentionClass if not month.is_past(years=years_kept(kept), at=at)]
        for retention in longer:
            cursor.execute(_OF_CLASS, [_LOG, *ids, _mark(retention)])
            if cursor.fetchone()[0]:
                found.append(Obstacle.LONGER_TERM)
                break
        cursor.execute(_HELD, [_LOG, *ids])
        if cursor.fetchone()[0]:
            found.append(Obstacle.HELD)
    if not found and any(_is_needed(event, schema, month) for event, schema in _events(month)):
        found.append(Obstacle.NEEDED)
    return found


def expired_openings(month: Month, *, at: datetime, most: int) -> list[Target]:
    """Return openings of a month whose records are past their term and not on hold."""
    past = [kept for kept in RetentionClass if month.is_past(years=years_kept(kept), at=at)]
    targets: list[Target] = []
    with connection.cursor() as cursor:
        for retention in past:
            ids = month.ids
            cursor.execute(_OPENINGS, [*ids, _LOG, *ids, _mark(retention), _LOG, most - len(targets)])
            targets += (Target(identifier, position) for identifier, position in cursor.fetchall())
    return targets


def _mark(retention: RetentionClass) -> bytes:
    """Return the bytes by which a leaf says its class; within a text the quotes would be escaped."""
    return f'"retention":"{retention.value}"'.encode()


def _events(month: Month) -> Iterator[tuple[UUID, str]]:
    """Yield the entries of a month that the ledger made about itself, and what they are."""
    with connection.cursor() as cursor:
        cursor.execute(_EVENTS, [_LOG, *month.ids, *month.ids])
        for identifier, leaf in cursor.fetchall():
            yield identifier, _decode(bytes(leaf)).schema


def _is_needed(event: UUID, schema: str, month: Month) -> bool:
    match schema:
        case s if s == ERASURE:
            with connection.cursor() as cursor:
                cursor.execute(_EXPLAINS, [event, _LOG, *month.ids])
                return bool(cursor.fetchone()[0])
        case s if s in {HOLD, HOLD_RELEASE, DESTRUCTION, EXCHANGE_SCHEMA}:
            # A hold that stands is found as such; an attest of destruction is kept as a row too.
            return False
        case _:
            return True
