"""A vendor's system tries its reports out at the door for machines, one client for many OCMWs."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from compliance.access.issue_token import issue_token
from compliance.access.models import MachineClient
from compliance.access.scopes import Scope
from compliance.connecting.checklist import checklist
from compliance.connecting.vocabulary import Check
from tests.connecting.partners import OCMW, VENDOR, authorised, begun, organisation, person
from tests.connecting.samples import sample, written
from tests.connecting.test_self_test import REAL, rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test import Client

    from compliance.access.models import Account
    from compliance.connecting.models import Connection

pytestmark = pytest.mark.django_db
URL = "/api/v1/exchanges/test"


class Post(Protocol):
    """Send a body as the vendor's system."""

    def __call__(self, body: bytes, media: str = "application/json", **headers: str) -> Any:
        """Return the answer."""


@pytest.fixture
def connected(cast: Mapping[str, Account]) -> Connection:
    """Begin to connect an OCMW with an authorisation."""
    authorised()
    return begun(cast)


@pytest.fixture
def post(client: Client, connected: Connection) -> Post:
    """Sign the vendor's system in."""
    machine = MachineClient(name="vendor-a", organisation=organisation(VENDOR))
    token = issue_token(client=machine, actor=person("operator"), reason="connection")

    def send(body: bytes, media: str = "application/json", **headers: str) -> Any:
        return client.post(URL, body, media, headers={"Authorization": f"Bearer {token}", **headers})

    return send


def test_a_sample_is_answered_in_full_and_nothing_is_recorded(post: Post, connected: Connection) -> None:
    before = rows()
    answer = post(written(sample(categories_delivered=["CONTACT"], chain=None)))
    assert answer.status_code == 200
    (found,) = answer.json()["samples"]
    assert (found["recordable"], found["verdict"]["code"]) == (True, "category-outside")
    assert found["verdict"]["authorisation"] == f"PROT-{OCMW}/1"
    assert found["remedies"] == [
        "Leave out what the authorisation does not name. It names: IDENTIFICATION, INTEGRATION-STATUS, TRAJECTORY."
    ]
    assert [hint["code"] for hint in found["hints"]] == ["chain-ids"]
    (partner,) = answer.json()["partners"]
    assert (partner["organisation"], partner["complete"]) == (OCMW, False)
    assert [check["check"] for check in partner["checks"] if check["passed_at"]] == ["outside"]
    assert [state.check for state in checklist(connected) if state.passed_by == "vendor-a"] == [Check.OUTSIDE]
    assert rows() == before


def test_what_cannot_be_read_is_an_answer_and_no_problem(post: Post) -> None:
    answer = post(b'{"message_reference": 1}\n' + written(sample()), "application/x-ndjson")
    assert answer.status_code == 200
    first, second = answer.json()["samples"]
    assert (first["recordable"], first["errors"][0]["pointer"]) == (False, "/message_reference")
    assert second["recordable"]


def test_errors_are_in_english_whatever_the_language_of_the_caller(post: Post) -> None:
    answer = post(written(sample(outcome="maybe")), **{"Accept-Language": "nl"})
    assert answer.json()["samples"][0]["errors"][0]["detail"].startswith("This is none of the values")


def test_a_number_that_could_be_somebodys_is_not_in_the_answer(post: Post) -> None:
    answer = post(written(sample(subjects=[{"kind": "insz", "value": REAL}])))
    assert answer.json()["samples"][0]["errors"][0]["code"] == "outside-test-range"
    assert REAL not in answer.content.decode()


def test_limits_are_those_of_reporting(post: Post, settings: Any) -> None:
    settings.MAX_BODY_BYTES, settings.MAX_RECORD_BYTES = 2_000, 1_500
    assert post(gzip.compress(written(sample())), **{"Content-Encoding": "gzip"}).status_code == 200
    assert post(written(sample(), sample(), sample())).status_code == 413
    assert post(gzip.compress(b" " * 10_000), **{"Content-Encoding": "gzip"}).status_code == 413
    long = post(written(sample(exceptions=["x" * 80] * 10)))
    assert [error["code"] for error in long.json()["samples"][0]["errors"]] == ["too-large"]
    assert post(written(sample()), "text/csv").status_code == 415
    assert post(b" ").status_code == 400
    assert post(b"{}\n" * 600, "application/x-ndjson").status_code == 200


def test_without_the_scope_nobody_tests(client: Client, connected: Connection) -> None:
    machine = MachineClient(
        name="reports-only", organisation=organisation(VENDOR), scopes=[Scope.EXCHANGES_REPORT.value]
    )
    token = issue_token(client=machine, actor=person("operator"), reason="connection")
    answer = client.post(URL, written(sample()), "application/json", headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 403
    assert "exchanges:test" in answer.json()["detail"]


def test_without_a_token_nobody_tests(client: Client) -> None:
    assert client.post(URL, b"{}", "application/json").status_code == 401
