"""The receipt of an erasure: the proof that the entry which says it is in the log, for whoever asked for it."""

from __future__ import annotations

from base64 import b64encode
from typing import TYPE_CHECKING, Any

from compliance.kernel.errors import NotFoundError
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.models import Checkpoint, Entry
from compliance.ledger.positions import position_of
from compliance.ledger.proofs import leaf_hash, root_from_inclusion
from compliance.ledger.stored_tiles import tree_of

if TYPE_CHECKING:
    from uuid import UUID

SCHEMA = "kbi-audit/erasure-receipt/1"


def erasure_receipt(*, entry: UUID, log: int = LogNumber.EXCHANGES) -> dict[str, Any]:
    """Return the entry, and once it is sealed its place, its inclusion proof (RFC 6962) and the signed checkpoint.

    ``state`` is ``not-sealed``, ``sealed`` (the proof leads to a root that is not signed yet) or ``signed``. Bytes
    are in base64. Raises :class:`NotFoundError`.
    """
    found = Entry.objects.filter(log=log, id=entry).first()
    if found is None:
        raise NotFoundError
    leaf = bytes(found.leaf)
    receipt: dict[str, Any] = {
        "schema": SCHEMA,
        "origin": origin_of(log),
        "entry": str(entry),
        "leaf": b64encode(leaf).decode(),
        "state": "not-sealed",
    }
    index = position_of(log=log, identifier=entry)
    if index is None:
        return receipt
    checkpoint = Checkpoint.objects.filter(log=log, size__gt=index).order_by("-size").first()
    tree = tree_of(log, None if checkpoint is None else checkpoint.size)
    proof, root = tree.inclusion(index), tree.root()
    if root_from_inclusion(leaf=leaf_hash(leaf), index=index, size=tree.size, path=proof) != root:
        message = f"The stored tree does not hold entry {entry} at {index}. Verify the ledger."
        raise RuntimeError(message)
    return receipt | {
        "state": "sealed" if checkpoint is None else "signed",
        "index": index,
        "size": tree.size,
        "root": b64encode(root).decode(),
        "proof": [b64encode(node).decode() for node in proof],
        "checkpoint": None if checkpoint is None else checkpoint.note,
    }
