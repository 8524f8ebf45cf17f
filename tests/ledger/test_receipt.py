"""A receipt holds for its leaf, under its key, and for nothing else."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256
from typing import Any

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from compliance.ledger.keyring import keyring
from compliance.ledger.proofs import leaf_hash
from compliance.ledger.receipt import TREE_SIZE, receipt_holds, sign_receipts
from tests.properties import patient

AT = "2016-03-01T09:14:03.120000Z"


def our_key() -> Any:
    """Return the key that a caller verifies with."""
    return keyring().receipts.public_key()


@patient
@given(st.lists(st.binary(max_size=20), min_size=1, max_size=3 * TREE_SIZE))
def test_every_leaf_of_an_answer_gets_a_receipt_that_holds(leaves: list[bytes]) -> None:
    receipts = list(sign_receipts(leaves=leaves, received_at=AT))
    assert len(receipts) == len(leaves)
    for leaf, receipt in zip(leaves, receipts, strict=True):
        assert receipt_holds(receipt, leaf=leaf, key=our_key())
        assert receipt.leaf_hash == b64encode(leaf_hash(leaf)).decode()
        assert not receipt_holds(receipt, leaf=leaf + b"\x00", key=our_key())


@pytest.mark.parametrize("count", [1, 2, 3, TREE_SIZE, TREE_SIZE + 1])
def test_records_of_one_answer_share_signatures_in_trees_of_bounded_size(count: int) -> None:
    receipts = list(sign_receipts(leaves=[b"%d" % number for number in range(count)], received_at=AT))
    assert len({receipt.signature for receipt in receipts}) == -(-count // TREE_SIZE)
    assert max(receipt.size for receipt in receipts) <= TREE_SIZE


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "another-log.example"},
        {"received_at": "2016-03-01T09:14:03.120001Z"},
        {"index": 1},
        {"index": -1},
        {"index": 7},
        {"size": 6},
        {"size": 8},
        {"proof": ""},
        {"proof": b64encode(bytes(96)).decode()},
        {"signature": b64encode(bytes(64)).decode()},
    ],
)
def test_a_receipt_in_which_anything_was_changed_does_not_hold(changed: dict[str, Any]) -> None:
    leaves = [b"leaf %d" % number for number in range(7)]
    receipt = list(sign_receipts(leaves=leaves, received_at=AT))[4]
    assert receipt_holds(receipt, leaf=leaves[4], key=our_key())
    assert not receipt_holds(msgspec.structs.replace(receipt, **changed), leaf=leaves[4], key=our_key())


def test_a_receipt_holds_under_the_key_that_signed_it_only() -> None:
    (receipt,) = sign_receipts(leaves=[b"leaf"], received_at=AT)
    assert not receipt_holds(receipt, leaf=b"leaf", key=Ed25519PrivateKey.generate().public_key())


def test_a_receipt_can_be_checked_from_its_description_alone() -> None:
    """By who has nothing of ours: the text that is signed is five lines, and the proof is RFC 6962's."""
    leaves = [b"first", b"second"]
    receipt = next(sign_receipts(leaves=leaves, received_at=AT))
    root = sha256(b"\x01" + sha256(b"\x00first").digest() + b64decode(receipt.proof)).digest()
    text = f"kbi-audit/receipt/1\n{receipt.origin}\n{AT}\n2\n{b64encode(root).decode()}\n"
    our_key().verify(b64decode(receipt.signature), text.encode())
