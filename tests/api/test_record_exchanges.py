"""Promises of ``POST /api/v1/exchanges``."""

from __future__ import annotations

import gzip
import json
from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from django.db import OperationalError

from compliance.api.v1.receipt_key import ReceiptKey
from compliance.exchanges.models import Exchange
from compliance.ledger.models import Entry
from compliance.ledger.receipt import Receipt, receipt_holds
from tests.exchanges.world import INSZ, fields, make_world

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpResponse
    from django.test import Client

URL = "/api/v1/exchanges"
LINES = "application/x-ndjson"
Post = Any


@pytest.fixture
def post(client: Client, magda_gateway_token: str) -> Callable[..., HttpResponse]:
    """Return a function that posts a body as magda-gateway."""
    make_world()

    def send(body: object, content_type: str = "application/json", **headers: str) -> Any:
        octets = body if isinstance(body, bytes) else json.dumps(body).encode()
        return client.post(
            URL, octets, content_type, headers={"Authorization": f"Bearer {magda_gateway_token}", **headers}
        )

    return send


def test_one_report_is_answered_with_id_verdict_and_receipt_after_the_commit(post: Post, client: Client) -> None:
    answer = post(fields())

    assert answer.status_code == 201, answer.content
    body = answer.json()
    assert body["verdict"] == {"code": "covered", "authorisation": "TEST-PROTOCOL/1"}
    leaf = bytes(Entry.objects.get(id=body["id"]).leaf)
    published = msgspec.json.decode(client.get("/api/v1/receipt-key").content, type=ReceiptKey)
    from base64 import b64decode  # noqa: PLC0415 - only here

    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey  # noqa: PLC0415

    key = Ed25519PublicKey.from_public_bytes(b64decode(published.public_key))
    assert receipt_holds(msgspec.convert(body["receipt"], Receipt), leaf=leaf, key=key)


def test_a_retry_gets_the_first_answer_with_200(post: Post) -> None:
    first, second = post(fields()), post(fields())

    assert (first.status_code, second.status_code) == (201, 200)
    assert second.json() == {**first.json(), "new": False}


def test_the_same_key_with_another_content_is_409(post: Post) -> None:
    post(fields())
    answer = post(fields(outcome="failed"))

    assert answer.status_code == 409
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["pointer"] == "/0/message_reference"


def test_an_array_is_recorded_whole_and_answered_in_order(post: Post) -> None:
    answer = post([fields(message_reference=f"r-{number}") for number in range(130)])

    assert answer.status_code == 201
    records = answer.json()["records"]
    references = [Exchange.objects.get(id=record["id"]).message_reference for record in records]
    assert references == [f"r-{number}" for number in range(130)]


def test_a_batch_with_an_error_records_nothing_and_says_which_record_and_field(post: Post) -> None:
    answer = post([fields(), fields(message_reference="x", route="POST"), fields(message_reference="a b")])

    assert answer.status_code == 422
    assert [error["pointer"] for error in answer.json()["errors"]] == ["/1/route", "/2/message_reference"]
    assert Entry.objects.count() == 0


def test_shape_errors_point_to_their_field_and_never_repeat_a_value(post: Post) -> None:
    wrong = [
        fields(outcome=INSZ),
        fields(subjects=[{"kind": "insz"}]),
        {**fields(), INSZ: 1},
        {**fields(), "purpos": "X"},
        fields(started_at="2016-03-01T09:14:03"),
    ]
    answer = post(wrong)

    assert answer.status_code == 422
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [
        ("/0/outcome", "not-a-value"),
        ("/1/subjects/0/value", "missing"),
        ("/2", "unknown-field"),
        ("/3/purpos", "unknown-field"),
        ("/4/started_at", "shape"),
    ]
    assert INSZ not in answer.content.decode()


def test_a_stream_is_ndjson_in_and_out_and_may_be_gzipped(post: Post) -> None:
    lines = b"\n".join(json.dumps(fields(message_reference=f"r-{number}")).encode() for number in range(3))
    answer = post(gzip.compress(lines), LINES, **{"Content-Encoding": "gzip"})

    assert answer.status_code == 201
    assert answer.headers["Content-Type"] == LINES
    assert [json.loads(line)["new"] for line in answer.content.splitlines()] == [True, True, True]


def test_a_gzip_bomb_is_refused_at_the_limit(post: Post, settings: Any) -> None:
    settings.MAX_BODY_BYTES = 10_000
    answer = post(gzip.compress(b" " * 1_000_000), **{"Content-Encoding": "gzip"})

    assert answer.status_code == 413


def test_a_body_or_a_record_that_is_too_large_is_413(post: Post, settings: Any) -> None:
    settings.MAX_RECORD_BYTES = 500
    assert post(fields()).status_code == 413
    settings.MAX_BODY_BYTES = 100
    assert post(fields()).status_code == 413


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{", "application/json", 400),
        (b"[1,", "application/json", 400),
        (b" ", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"\n\n", LINES, 400),
        (b"not gzip", "application/json", 400),
        (b"<a/>", "application/xml", 415),
    ],
)
def test_what_cannot_be_read_is_refused_as_a_problem(post: Post, body: bytes, content_type: str, status: int) -> None:
    headers = {"Content-Encoding": "gzip"} if body == b"not gzip" else {}
    answer = post(body, content_type, **headers)

    assert answer.status_code == status
    assert answer.json()["status"] == status


@pytest.mark.parametrize("authorization", ["", "Bearer kbi_nothing", "Basic abc"])
def test_without_a_good_token_nobody_comes_in(client: Client, db: None, authorization: str) -> None:
    answer = client.post(URL, b"{}", "application/json", headers={"Authorization": authorization})

    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_failing_database_is_503_with_retry_after(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: object) -> None:
        message = "the server went away"
        raise OperationalError(message)

    monkeypatch.setattr("compliance.api.v1.exchanges.record", fail)
    answer = post(fields())

    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert "went away" not in answer.content.decode()


def test_bulk_that_finds_no_slot_is_503_and_small_reports_still_pass(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    from threading import BoundedSemaphore  # noqa: PLC0415 - only here

    full = BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr("compliance.api.slots._slots", full)
    many = [fields(message_reference=f"r-{number}") for number in range(600)]

    assert post(many).status_code == 503
    assert post(fields()).status_code == 201
