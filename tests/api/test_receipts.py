"""Who reported exchanges asks whether the receipts' promise was kept, and gets the proof."""

from __future__ import annotations

import json
from base64 import b64decode
from typing import TYPE_CHECKING, Any

import pytest

from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Entry
from compliance.ledger.proofs import leaf_hash, root_from_inclusion
from compliance.ledger.seal import Sealer
from tests.exchanges.world import fields, make_world

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

URL = "/api/v1/receipts/check"


@pytest.fixture
def post(client: Client, magda_gateway_token: str) -> Any:
    """Return a function that posts a body as magda-gateway."""
    make_world()

    def send(url: str, body: object, content_type: str = "application/json") -> Any:
        octets = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post(url, octets, content_type, headers={"Authorization": f"Bearer {magda_gateway_token}"})

    return send


def test_an_answer_as_it_was_received_is_checked_whole(post: Any) -> None:
    answer = post("/api/v1/exchanges", [fields(message_reference=f"r-{n}") for n in range(3)])
    assert [one["promise"] for one in post(URL, answer.content).json()["receipts"]] == ["not-due"] * 3
    Sealer(LogNumber.EXCHANGES).seal_all()

    checked = post(URL, answer.content).json()["receipts"]

    assert [one["promise"] for one in checked] == ["kept"] * 3
    for one, record in zip(checked, answer.json()["records"], strict=True):
        leaf = leaf_hash(bytes(Entry.objects.get(id=record["id"]).leaf))
        path = [b64decode(node) for node in one["proof"]]
        root = root_from_inclusion(leaf=leaf, index=one["index"], size=one["size"], path=path)
        assert root == b64decode(one["root"])


def test_a_forged_receipt_is_told_apart(post: Any) -> None:
    receipt = post("/api/v1/exchanges", fields()).json()["receipt"]
    checked = post(URL, {**receipt, "received_at": "2016-03-01T09:14:03.120000Z"}).json()["receipts"]
    assert [one["promise"] for one in checked] == ["not-ours"]


def test_what_is_no_receipt_or_too_many_is_refused_as_a_problem(post: Any) -> None:
    receipt = post("/api/v1/exchanges", fields()).json()["receipt"]
    assert post(URL, b"nonsense").status_code == 400
    assert post(URL, [receipt] * 65).status_code == 413
    assert post(URL, b" " * 300_000).status_code == 413
    assert len(post(URL, [receipt] * 64).json()["receipts"]) == 64


def test_without_a_token_nothing_is_checked(client: Client) -> None:
    assert client.post(URL, b"{}", "application/json").status_code == 401
