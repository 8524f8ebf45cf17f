"""The leaves that the tile store has and the database has not sealed: read, and hashed against a checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

import msgspec
from django.db import connection

from compliance.kernel.errors import ComplianceError
from compliance.ledger.edge import NewLeaves, grow, root_at
from compliance.ledger.models import Edge
from compliance.ledger.proofs import leaf_hash
from compliance.ledger.tile_store.read import read_entries
from compliance.retention.restore.order import Placed

if TYPE_CHECKING:
    from compliance.ledger.checkpoint import Checkpoint

_WAITING = (
    "SELECT id, xid, leaf FROM ledger_entry WHERE log = %s AND xid >= %s AND (xid, id) > (%s, %s) ORDER BY xid, id"
)
NOTHING_SEALED = (0, UUID(int=0))


class CannotRestoreError(ComplianceError):
    """The log cannot be brought back from its copies."""

    problem_type = "cannot-restore"
    title = "The log cannot be brought back from its copies."


class LostLeaf(NamedTuple):
    """One leaf: who it is, and its bytes."""

    id: UUID
    leaf: bytes


class Gap(NamedTuple):
    """Leaves from ``first`` on in the log's order, what waits after them included; where the database has them."""

    first: int
    leaves: list[LostLeaf]
    places: list[Placed]
    sealed_to: tuple[int, UUID]
    copied: int


class _Told(msgspec.Struct, frozen=True):
    id: UUID


_id_of = msgspec.json.Decoder(_Told).decode


def gap_of(log: int, head: Checkpoint) -> Gap:
    """Return what follows the sealed part of a log up to a checkpoint of the tile store.

    All of it is hashed together with what is sealed, and leads to the checkpoint's root. Raises
    :class:`CannotRestoreError` when a leaf is in no copy, or the roots differ.
    """
    edge = Edge.objects.filter(log=log).first()
    first = 0 if edge is None else edge.size
    leaves = []
    for index, leaf in enumerate(read_entries(log, first, head.size), first):
        if leaf is None:
            message = f"Entry {index} is in no copy: the entries from there up to {head.size} are lost."
            raise CannotRestoreError(message)
        leaves.append(LostLeaf(_id_of(leaf).id, leaf))
    grown = grow(
        size=first,
        first_xid=0,
        ids=b"" if edge is None else bytes(edge.ids),
        hashes=b"" if edge is None else bytes(edge.hashes),
        new=NewLeaves(
            bytes(8 * len(leaves)),
            b"".join(lost.id.bytes for lost in leaves),
            b"".join(leaf_hash(lost.leaf) for lost in leaves),
        ),
    )
    if root_at(grown.size, grown.hashes) != head.root:
        message = (
            f"The {first} entries that are sealed here and the copies of those up to {head.size} do not lead to the "
            "checkpoint's root: one of the two was changed, or the database has gone on by itself."
        )
        raise CannotRestoreError(message)
    sealed_to = NOTHING_SEALED if edge is None else (edge.last_xid, edge.last_id)
    waiting = _waiting(log, sealed_to)
    for lost in leaves:
        there = waiting.get(lost.id)
        if there is not None and there[1] != lost.leaf:
            message = f"Entry {lost.id} has another content here than in its copy."
            raise CannotRestoreError(message)
    known = {lost.id for lost in leaves}
    later = [LostLeaf(identifier, leaf) for identifier, (_, leaf) in waiting.items() if identifier not in known]
    told = [*leaves, *later]
    places = [Placed(lost.id.bytes, waiting[lost.id][0] if lost.id in waiting else None) for lost in told]
    return Gap(first, told, places, sealed_to, len(leaves))


def waiting_ids(log: int, sealed_to: tuple[int, UUID]) -> list[UUID]:
    """Return the entries that wait to be sealed, in the order in which they will be."""
    return list(_waiting(log, sealed_to))


def _waiting(log: int, sealed_to: tuple[int, UUID]) -> dict[UUID, tuple[int, bytes]]:
    xid, identifier = sealed_to
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [log, xid, xid, identifier])
        return {found: (by, bytes(leaf)) for found, by, leaf in cursor.fetchall()}
