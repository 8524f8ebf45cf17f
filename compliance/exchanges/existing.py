"""What was recorded before: for retries, conflicts and corrections."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import connection

from compliance.authorisations.judgement import Judgement, Reason
from compliance.authorisations.vocabulary import Verdict
from compliance.exchanges import leaf as entry
from compliance.ledger.logs import LogNumber

if TYPE_CHECKING:
    from collections.abc import Collection

_LOG = LogNumber.EXCHANGES
# Bounds beside the join let the planner leave all other months alone.
_RECORDED = """
SELECT e.id, x.fingerprint, e.leaf
  FROM unnest(%s::uuid[]) AS asked (id)
  JOIN exchanges_exchange x ON x.id = asked.id AND x.log = %s AND x.id BETWEEN %s AND %s
  JOIN ledger_entry e ON e.id = asked.id AND e.log = %s AND e.id BETWEEN %s AND %s
"""
_PRODUCERS = """
SELECT x.id, x.producer
  FROM unnest(%s::uuid[]) AS asked (id)
  JOIN exchanges_exchange x ON x.id = asked.id AND x.log = %s AND x.id BETWEEN %s AND %s
"""
_CORRECTED = "SELECT original, correction FROM exchanges_correction WHERE log = %s AND original = ANY(%s)"


class Existing(NamedTuple):
    """What was answered before, and the fingerprint of what was reported then."""

    fingerprint: bytes
    leaf: bytes

    @property
    def judgement(self) -> Judgement:
        """The verdict as given then."""
        verdict = entry.decode(self.leaf).verdict
        reasons = tuple(Reason(Verdict(reason.code), reason.detail) for reason in verdict.reasons)
        return Judgement(Verdict(verdict.code), reasons, verdict.authorisation or "")

    @property
    def received_at(self) -> str:
        """The moment of the first receipt, as it stands in the leaf."""
        return entry.decode(self.leaf).received_at


def recorded_before(ids: Collection[bytes]) -> dict[bytes, Existing]:
    """Return those of these records (identifiers of 16 bytes) that exist."""
    if not ids:
        return {}
    asked = [UUID(bytes=identifier) for identifier in sorted(ids)]
    first, last = asked[0], asked[-1]
    with connection.cursor() as cursor:
        cursor.execute(_RECORDED, [asked, _LOG, first, last, _LOG, first, last])
        rows = cursor.fetchall()
    return {identifier.bytes: Existing(bytes(fingerprint), bytes(leaf)) for identifier, fingerprint, leaf in rows}


def producers_of(ids: Collection[UUID]) -> dict[UUID, str]:
    """Return the producer of each of these records that exists."""
    with connection.cursor() as cursor:
        cursor.execute(_PRODUCERS, [list(ids), _LOG, min(ids), max(ids)])
        return dict(cursor.fetchall())


def corrected_by(ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return the correction of each of these records that has one."""
    with connection.cursor() as cursor:
        cursor.execute(_CORRECTED, [_LOG, list(ids)])
        return dict(cursor.fetchall())
