"""Signed receipts: the promise, given with the answer, that a leaf will stand in the log.

Records of one answer share a signature: it is over the root of the Merkle tree (RFC 6962) of their
leaf hashes, 64 at the most, and each receipt carries its leaf's inclusion proof. What is signed, in
Ed25519, is the text

    kbi-audit/receipt/1 LF <origin> LF <received_at> LF <size of the tree> LF <root, base64> LF
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

import msgspec
from cryptography.exceptions import InvalidSignature
from django.conf import settings

from compliance.ledger.keyring import keyring
from compliance.ledger.proofs import inclusion_path, leaf_hash, levels, root_from_inclusion

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

TREE_SIZE = 64


class Receipt(msgspec.Struct, frozen=True, kw_only=True):
    """A receipt for one leaf. Hashes and the signature are in base64, the proof is its hashes put together."""

    origin: str
    received_at: str
    leaf_hash: str
    index: int
    size: int
    proof: str
    signature: str


def sign_receipts(*, leaves: Sequence[bytes], received_at: str) -> Iterator[Receipt]:
    """Yield a receipt for each leaf (canonical bytes), in their order."""
    for start in range(0, len(leaves), TREE_SIZE):
        tree = levels([leaf_hash(leaf) for leaf in leaves[start : start + TREE_SIZE]])
        size = len(tree[0])
        statement = _statement(settings.LOG_ORIGIN, received_at, size, tree[-1][0])
        signature = b64encode(keyring().receipts.sign(statement)).decode()
        for index, leaf in enumerate(tree[0]):
            yield Receipt(
                origin=settings.LOG_ORIGIN,
                received_at=received_at,
                leaf_hash=b64encode(leaf).decode(),
                index=index,
                size=size,
                proof=b64encode(b"".join(inclusion_path(tree, index))).decode(),
                signature=signature,
            )


def receipt_holds(receipt: Receipt, *, leaf: bytes, key: Ed25519PublicKey) -> bool:
    """Tell whether a receipt was signed by this key for this leaf (canonical bytes)."""
    return receipt_signed(receipt, leaf=leaf_hash(leaf), key=key)


def receipt_signed(receipt: Receipt, *, leaf: bytes, key: Ed25519PublicKey) -> bool:
    """Tell whether a receipt was signed by this key for the leaf of this hash (32 bytes).

    Raises ``ValueError`` when its hashes are not base64.
    """
    hashes = b64decode(receipt.proof)
    root = root_from_inclusion(
        leaf=leaf,
        index=receipt.index,
        size=receipt.size,
        path=[hashes[at : at + 32] for at in range(0, len(hashes), 32)],
    )
    if root is None:
        return False
    statement = _statement(receipt.origin, receipt.received_at, receipt.size, root)
    try:
        key.verify(b64decode(receipt.signature), statement)
    except InvalidSignature:
        return False
    return True


def _statement(origin: str, received_at: str, size: int, root: bytes) -> bytes:
    return f"kbi-audit/receipt/1\n{origin}\n{received_at}\n{size}\n{b64encode(root).decode()}\n".encode()
