"""What a receipt promised is found in the log, or its absence is, also when the entry itself is gone."""

from __future__ import annotations

from base64 import b64decode, b64encode
from datetime import timedelta
from io import StringIO
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from django.core.management import CommandError, call_command

from compliance.kernel.clock import canonical_time, microseconds, now
from compliance.kernel.errors import MalformedInputError
from compliance.ledger.check_receipt import CheckedReceipt, Promise, check_receipt
from compliance.ledger.find_leaf import Budget
from compliance.ledger.logs import LogNumber
from compliance.ledger.positions import identifiers
from compliance.ledger.proofs import root_from_inclusion
from compliance.ledger.read_receipts import KeptReceipt, read_receipts
from compliance.ledger.receipt import sign_receipts
from compliance.ledger.seal import Sealer
from tests.ledger.growing import policy, sign, write_entries

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path
    from uuid import UUID

    import psycopg

    from compliance.ledger.receipt import Receipt

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

LOG = LogNumber.EXCHANGES
DELAY = timedelta(minutes=15)


def receipt_for(leaf: bytes, *, at: datetime) -> Receipt:
    """Sign a receipt for a leaf among two others."""
    receipts = list(sign_receipts(leaves=[b"before", leaf, b"after"], received_at=canonical_time(microseconds(at))))
    return receipts[1]


def a_sealed_leaf(*, at: datetime, others: int = 600) -> tuple[bytes, UUID, int]:
    """Seal an entry between others; return its leaf, identifier and index."""
    entries = write_entries(others, log=LOG, at=at)
    Sealer(LOG).seal_all()
    index = others // 2
    identifier = identifiers(log=LOG, first=index, end=index + 1)[0]
    return entries[identifier], identifier, index


def test_a_kept_promise_is_proven_to_its_checkpoint(tmp_path: Path, settings: Any) -> None:
    settings.WITNESS_POLICY_FILE = tmp_path / "policy"
    settings.WITNESS_POLICY_FILE.write_text(policy(log=LOG))
    at = now()
    leaf, identifier, index = a_sealed_leaf(at=at)
    note = sign(log=LOG, witness="one")
    receipt = receipt_for(leaf, at=at)

    for kept in (KeptReceipt(receipt), KeptReceipt(receipt, identifier)):
        checked = check_receipt(kept)
        assert checked.promise is Promise.KEPT, checked.sentence
        assert (checked.index, checked.size, checked.checkpoint) == (index, 600, note)
        assert _root_of(checked) == b64decode(checked.root or "")
        assert "1 witnesses confirmed" in checked.sentence


def test_a_place_is_found_after_the_entry_was_destroyed(superuser_connection: psycopg.Connection) -> None:
    at = now()
    leaf, _, index = a_sealed_leaf(at=at)
    superuser_connection.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
    superuser_connection.execute("DELETE FROM ledger_entry")
    checked = check_receipt(KeptReceipt(receipt_for(leaf, at=at)))
    assert (checked.promise, checked.index, checked.checkpoint) == (Promise.KEPT, index, None)


def test_a_place_at_the_edge_of_the_log_is_found() -> None:
    at = now()
    leaf, _, index = a_sealed_leaf(at=at, others=3)
    assert check_receipt(KeptReceipt(receipt_for(leaf, at=at))).index == index


def test_a_place_is_found_when_the_sealers_clock_is_behind() -> None:
    leaf, _, index = a_sealed_leaf(at=now())
    checked = check_receipt(KeptReceipt(receipt_for(leaf, at=now() + timedelta(minutes=2))))
    assert (checked.promise, checked.index) == (Promise.KEPT, index)


def test_a_promise_is_not_due_before_its_moment_and_broken_after_it() -> None:
    at = now()
    a_sealed_leaf(at=at)
    kept = KeptReceipt(receipt_for(b"never recorded", at=at))
    checked = check_receipt(kept, at=at + DELAY - timedelta(seconds=1))
    assert checked.promise is Promise.NOT_DUE
    assert checked.due_at is not None
    assert checked.due_at in checked.sentence
    checked = check_receipt(kept, at=at + DELAY + timedelta(seconds=1))
    assert checked.promise is Promise.BROKEN
    assert check_receipt(KeptReceipt(kept.receipt, next(iter(write_entries(1, log=LOG))))).promise is Promise.NOT_DUE


def test_a_place_that_came_too_late_is_told_to_be_late() -> None:
    at = now() - timedelta(days=1)
    leaf, _, index = a_sealed_leaf(at=at)
    checked = check_receipt(KeptReceipt(receipt_for(leaf, at=at)))
    assert (checked.promise, checked.index) == (Promise.LATE, index)


def test_looking_ends_when_the_budget_does() -> None:
    at = now()
    leaf, _, _ = a_sealed_leaf(at=at, others=1500)
    receipt = receipt_for(leaf, at=at)
    later = now() + timedelta(days=1)
    assert check_receipt(KeptReceipt(receipt), budget=Budget(2), at=later).promise is Promise.UNDECIDED
    budget = Budget(4)
    assert check_receipt(KeptReceipt(receipt), budget=budget, at=later).promise is Promise.KEPT
    assert budget.tiles == 0


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "another-log.example"},
        {"received_at": "2016-03-01T09:14:03.120001Z"},
        {"received_at": "yesterday"},
        {"leaf_hash": b64encode(bytes(32)).decode()},
        {"leaf_hash": "?"},
        {"index": 0},
        {"proof": "?"},
        {"signature": b64encode(bytes(64)).decode()},
        {"signature": "x"},
    ],
)
def test_a_receipt_that_this_log_did_not_sign_is_not_ours(changed: dict[str, Any]) -> None:
    receipt = msgspec.structs.replace(receipt_for(b"leaf", at=now()), **changed)
    assert check_receipt(KeptReceipt(receipt)).promise is Promise.NOT_OURS


def test_receipts_are_read_out_of_whatever_was_kept() -> None:
    receipt = receipt_for(b"leaf", at=now())
    answer = {"id": "01531d96-f2f0-7000-8000-000000000000", "new": True, "receipt": receipt}
    encode = msgspec.json.encode
    for octets, count in (
        (encode(receipt), 1),
        (encode(answer), 1),
        (encode({"records": [answer, answer, {**answer, "receipt": None}]}), 2),
        (encode([receipt, answer]), 2),
        (encode(answer) + b"\n\n" + encode(receipt) + b"\n", 2),
    ):
        assert [kept.receipt for kept in read_receipts(octets)] == [receipt] * count
    for octets in (b"", b"{}", b"nonsense", b"[]", encode({"receipt": None}), encode({"receipt": 1, "id": "x"})):
        with pytest.raises(MalformedInputError):
            read_receipts(octets)


def test_the_command_says_it_in_words_and_by_its_exit_status(tmp_path: Path) -> None:
    at = now()
    leaf, _, _ = a_sealed_leaf(at=at)
    file = tmp_path / "answer.json"
    file.write_bytes(msgspec.json.encode(receipt_for(leaf, at=at)))
    said = StringIO()
    call_command("check_receipt", str(file), stdout=said)
    assert said.getvalue().startswith("kept: The record is leaf 300 of the log")

    file.write_bytes(
        b"\n".join(msgspec.json.encode(receipt_for(one, at=at - timedelta(hours=1))) for one in (leaf, b"lost"))
    )
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_receipt", str(file), json=True, stdout=said)
    assert ended.value.code == 1
    promises = [msgspec.json.decode(line)["promise"] for line in said.getvalue().splitlines()]
    assert promises == ["late", "broken"]
    with pytest.raises(CommandError):
        call_command("check_receipt", str(tmp_path / "nothing"))


def _root_of(checked: CheckedReceipt) -> bytes | None:
    assert checked.index is not None
    assert checked.size is not None
    return root_from_inclusion(
        leaf=b64decode(checked.leaf_hash),
        index=checked.index,
        size=checked.size,
        path=[b64decode(node) for node in checked.proof],
    )
