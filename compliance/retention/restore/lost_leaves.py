"""The leaves that others have seen and the database has not sealed: found in copies, or waiting, and hashed."""

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
    from collections.abc import Iterator, Mapping, Sequence

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
    """Leaves from ``first`` on in the log's order, and where the database has them; ``copied`` are out of copies."""

    first: int
    leaves: list[LostLeaf]
    places: list[Placed]
    sealed_to: tuple[int, UUID]
    copied: int


class _Told(msgspec.Struct, frozen=True):
    id: UUID


_id_of = msgspec.json.Decoder(_Told).decode


def gap_of(log: int, heads: Mapping[str, Checkpoint], *, copies: Checkpoint | None) -> Gap:
    """Return what follows the sealed part of a log: leaves out of the tile store, then those that wait to be sealed.

    They are hashed on from what is sealed, and lead to the root of every head that somebody has seen. ``copies``
    is the tile store's own. Raises :class:`CannotRestoreError` when leaves are in no copy, or roots differ.
    """
    edge = Edge.objects.filter(log=log).first()
    first = 0 if edge is None else edge.size
    sealed_to = NOTHING_SEALED if edge is None else (edge.last_xid, edge.last_id)
    waiting = _waiting(log, sealed_to)
    leaves = list(_copied(log, first, first if copies is None else copies.size))
    for lost in leaves:
        there = waiting.get(lost.id)
        if there is not None and there[1] != lost.leaf:
            message = f"Entry {lost.id} has another content here than in its copy: one of the two was changed."
            raise CannotRestoreError(message)
    known = {lost.id for lost in leaves}
    later = [LostLeaf(identifier, leaf) for identifier, (_, leaf) in waiting.items() if identifier not in known]
    told = [*leaves, *later]
    for who, head in heads.items():
        if head.size > first + len(told):
            message = (
                f"Entry {first + len(told)} is in no copy: {who} has seen {head.size} entries, and those from there on "
                "are lost. Nothing was put back."
            )
            raise CannotRestoreError(message)
        if head.size > first and _root_of(edge, told[: head.size - first]) != head.root:
            message = (
                f"The {first} entries that are sealed here and those that follow do not lead to the root of "
                f"{head.size} entries that {who} has seen: something was changed, or the database went on by itself."
            )
            raise CannotRestoreError(message)
    places = [Placed(lost.id.bytes, waiting[lost.id][0] if lost.id in waiting else None) for lost in told]
    return Gap(first, told, places, sealed_to, len(leaves))


def _copied(log: int, first: int, end: int) -> Iterator[LostLeaf]:
    """Yield the leaves that the tile store has, up to the first that it has not."""
    for leaf in read_entries(log, first, end) if end > first else ():
        if leaf is None:
            return
        yield LostLeaf(_id_of(leaf).id, leaf)


def _root_of(edge: Edge | None, leaves: Sequence[LostLeaf]) -> bytes:
    """Return the root of what is sealed and these leaves after it."""
    grown = grow(
        size=0 if edge is None else edge.size,
        first_xid=0,
        ids=b"" if edge is None else bytes(edge.ids),
        hashes=b"" if edge is None else bytes(edge.hashes),
        new=NewLeaves(
            bytes(8 * len(leaves)),
            b"".join(lost.id.bytes for lost in leaves),
            b"".join(leaf_hash(lost.leaf) for lost in leaves),
        ),
    )
    return root_at(grown.size, grown.hashes)


def waiting_ids(log: int, sealed_to: tuple[int, UUID]) -> list[UUID]:
    """Return the entries that wait to be sealed, in the order in which they will be."""
    return list(_waiting(log, sealed_to))


def _waiting(log: int, sealed_to: tuple[int, UUID]) -> dict[UUID, tuple[int, bytes]]:
    xid, identifier = sealed_to
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, [log, xid, xid, identifier])
        return {found: (by, bytes(leaf)) for found, by, leaf in cursor.fetchall()}
