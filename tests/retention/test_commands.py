"""What operators type: decisions have a decider, and numbers are never typed as arguments."""

from __future__ import annotations

import io
import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command

from compliance.exchanges.reveal import reveal
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Entry
from compliance.ledger.proofs import leaf_hash, root_from_inclusion
from compliance.ledger.seal import Sealer
from compliance.retention.standing_holds import standing_holds
from compliance.simulation.numbers import synthetic_insz
from tests.ledger.growing import sign
from tests.retention.acting import OFFICER, recorded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

pytestmark = [pytest.mark.alone, pytest.mark.usefixtures("committed_world")]
LOG = LogNumber.EXCHANGES
DECIDED = ["--decision", "AVG-2026-017", "--reason", "besluit van de functionaris", "--decided-by"]
ERASE = ["--ground", "data-subject-request", *DECIDED]


def run(*arguments: str) -> str:
    """Run a command and return what it printed."""
    out = io.StringIO()
    call_command(*arguments, stdout=out)
    return out.getvalue()


def receipt_of(entry: str) -> dict[str, Any]:
    """Return the receipt of an erasure."""
    told: dict[str, Any] = json.loads(run("erase", "receipt", entry))
    return told


def test_an_erasure_ends_with_a_receipt_that_proves_it_by_itself(
    cast: Mapping[str, Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange = recorded("one", 1)
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{synthetic_insz(1)}\n"))
    printed = run("erase", "person", *ERASE, "officer")
    assert synthetic_insz(1) not in printed
    entry = printed.split()[-1]
    assert reveal(exchange_id=exchange, actor=OFFICER, reason="een test van de opdracht").subjects == ()

    assert receipt_of(entry)["state"] == "not-sealed"
    Sealer(LOG).seal_all()
    assert receipt_of(entry)["state"] == "sealed"
    note = sign(log=LOG)
    recorded("later", 2)
    Sealer(LOG).seal_all()
    receipt = receipt_of(entry)

    assert receipt["state"] == "signed"
    assert note.startswith(receipt["checkpoint"])
    root = root_from_inclusion(
        leaf=leaf_hash(b64decode(receipt["leaf"])),
        index=receipt["index"],
        size=receipt["size"],
        path=[b64decode(node) for node in receipt["proof"]],
    )
    assert receipt["checkpoint"].split("\n")[1:3] == [str(receipt["size"]), receipt["root"]]
    assert root == b64decode(receipt["root"])
    assert json.loads(b64decode(receipt["leaf"]))["decided_by"]["name"] == "officer"


def test_a_hold_is_listed_until_it_is_released(cast: Mapping[str, Account]) -> None:
    exchange = recorded("one", 1)
    hold = run("hold", "record", str(exchange), *DECIDED, "officer").strip()
    assert run("hold", "list").split()[0] == hold
    with pytest.raises(CommandError, match=hold):
        run("erase", "record", str(exchange), *ERASE, "officer")
    run("hold", "release", hold, *DECIDED, "second-officer")
    assert standing_holds() == []
    assert "1 openings" in run("erase", "field", str(exchange), "dossier", *ERASE, "officer")


@pytest.mark.parametrize("name", ["operator", "vdab-dpo", "nobody", "who-is-that"])
def test_only_a_privacy_officer_decides(cast: Mapping[str, Account], name: str) -> None:
    exchange = recorded("one", 1)
    before = Entry.objects.count()
    for command in (
        ["erase", "record", str(exchange), *ERASE, name],
        ["hold", "record", str(exchange), *DECIDED, name],
    ):
        with pytest.raises(CommandError, match="officer"):
            run(*command)
    assert Entry.objects.count() == before
