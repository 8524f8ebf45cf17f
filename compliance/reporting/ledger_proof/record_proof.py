"""Prove one record: from its bytes as they are stored now up to the root that was signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.models import Entry
from compliance.ledger.positions import position_of
from compliance.ledger.proofs import leaf_hash, root_from_inclusion
from compliance.ledger.published import published_at_least
from compliance.ledger.stored_tiles import tree_of
from compliance.reporting.ledger_proof.path import Step, steps_of
from compliance.reporting.ledger_proof.standing import LedgerStanding, Standing, ledger_standing
from compliance.reporting.ledger_proof.timestamps import Stamp, first_stamp

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from compliance.ledger.published import PublishedCheckpoint


@dataclass(frozen=True, slots=True)
class Unsealed:
    """A record that has no place yet; it was promised one before ``due``, if it was acknowledged."""

    recorded_at: datetime
    due: datetime
    is_late: bool


@dataclass(frozen=True, slots=True)
class Inclusion:
    """The way from a record's leaf to the root of a tree of ``size`` leaves.

    ``expected`` is the root that was signed (or sealed, when no checkpoint holds the record); ``matches``
    tells whether the record's bytes, hashed anew, lead to it.
    """

    index: int
    size: int
    leaf_hash: bytes
    leaf_bytes: int
    steps: tuple[Step, ...]
    expected: bytes
    matches: bool


@dataclass(frozen=True, slots=True)
class RecordProof:
    """Where a record stands and what proves it.

    ``checkpoint`` is the one whose root was reached, ``None`` when the record is sealed but in no checkpoint
    yet. ``since`` is the first checkpoint with the record that a quorum confirmed, ``stamp`` the first timestamp.
    """

    origin: str
    recorded_at: datetime
    standing: LedgerStanding
    inclusion: Inclusion
    checkpoint: PublishedCheckpoint | None
    since: PublishedCheckpoint | None
    stamp: Stamp | None


def record_proof(*, exchange_id: UUID, log: int = LogNumber.EXCHANGES) -> RecordProof | Unsealed:
    """Prove the entry of an exchange. A constant number of queries, and one for each level of tiles.

    Raises :class:`NotFoundError` when there is no such entry.
    """
    row = Entry.objects.filter(log=log, id=exchange_id).values_list("leaf", "recorded_at").first()
    if row is None:
        raise NotFoundError
    leaf, recorded_at = bytes(row[0]), row[1]
    # The head first: a record that is found later than it stands in a later one, and is not sealed for this look.
    standing = ledger_standing(log=log)
    index = position_of(log=log, identifier=exchange_id)
    if index is None or index >= standing.size:
        return _unsealed(recorded_at)
    checkpoint = standing.checkpoint if standing.checkpoint and index < standing.checkpoint.size else None
    is_confirmed = checkpoint is not None and standing.standing is Standing.PROVABLE
    return RecordProof(
        origin=origin_of(log),
        recorded_at=recorded_at,
        standing=standing,
        inclusion=_inclusion(leaf, index, standing, checkpoint),
        checkpoint=checkpoint,
        since=published_at_least(log, index + 1) if is_confirmed else None,
        stamp=first_stamp(log=log, size=index + 1),
    )


def _unsealed(recorded_at: datetime) -> Unsealed:
    due = recorded_at + timedelta(seconds=settings.MAX_MERGE_DELAY_SECONDS)
    return Unsealed(recorded_at, due, is_late=now() > due)


def _inclusion(leaf: bytes, index: int, standing: LedgerStanding, checkpoint: PublishedCheckpoint | None) -> Inclusion:
    size = checkpoint.size if checkpoint else standing.size
    expected = checkpoint.root if checkpoint else bytes(standing.head.root if standing.head else b"")
    hashed = leaf_hash(leaf)
    try:
        path = tree_of(standing.log, size).inclusion(index)
    except NotFoundError:
        # Tiles that are gone prove nothing; the page says so, rather than that the record is not there.
        return Inclusion(index, size, hashed, len(leaf), (), expected, matches=False)
    reached = root_from_inclusion(leaf=hashed, index=index, size=size, path=path)
    steps = steps_of(leaf=hashed, index=index, size=size, path=path)
    return Inclusion(index, size, hashed, len(leaf), steps, expected, matches=reached == expected)
