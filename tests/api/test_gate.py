"""Promises of ``POST /access/v1/evaluation``: the answer, its words, who may ask, and what is refused."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.authorisations.decision_id import read_decision
from compliance.authorisations.models import Authorisation, AuthorisationUse
from compliance.authorisations.suspend import lift_suspension, suspend
from compliance.kernel.actor import system
from compliance.kernel.clock import now
from compliance.ledger.models import Entry
from compliance.registry.change import change
from compliance.registry.models import Organisation, ProcessingMandate
from compliance.registry.revision import current_revision
from tests.api.gate import MOMENT, ONE, ask, client_of_partner, question

if TYPE_CHECKING:
    from django.test import Client

pytestmark = pytest.mark.django_db


def test_what_an_authorisation_covers_is_allowed_with_the_version_its_paper_and_an_identifier_to_quote(
    client: Client, magda_gateway_token: str
) -> None:
    answer = ask(client, magda_gateway_token, question())

    assert answer.status_code == 200, answer.content
    assert answer.headers["Content-Type"] == "application/json"
    body = answer.json()
    assert body["decision"] is True
    told = body["context"]
    assert told["verdict"] == "covered"
    assert told["authorisation"] == {"version": "VTC-VB-2014-01/1", "document": "VTC-VB-2014-01, versie 1 (voorbeeld)"}
    assert (told["moment"], told["register_revision"]) == ("2016-03-01T09:14:03.000000Z", current_revision())
    assert "reasons" not in told
    decision = read_decision(told["decision_id"])
    assert decision is not None
    assert decision.permitted
    assert len(told["decision_id"]) <= 120
    assert Entry.objects.count() == 0


def test_what_is_not_covered_is_denied_with_every_reason_in_words_and_the_codes_outside(
    client: Client, magda_gateway_token: str
) -> None:
    asked = question(
        resource__properties__categories=["IDENTIFICATION", "MEDICAL-EXEMPTION"],
        action__properties__purpose="HOUSING-CONDITION",
    )
    body = ask(client, magda_gateway_token, asked).json()

    assert body["decision"] is False
    assert body["context"]["verdict"] == "category-outside"
    assert body["context"]["reasons"] == [
        {
            "code": "category-outside",
            "words": "The authorisation does not name these data: Exemption for medical reasons.",
            "outside": ["MEDICAL-EXEMPTION"],
        },
        {
            "code": "purpose-outside",
            "words": "The authorisation does not name this purpose: Conditions of social renting.",
            "outside": ["HOUSING-CONDITION"],
        },
    ]


@pytest.mark.parametrize(
    ("accepted", "words"),
    [
        ("nl-BE,nl;q=0.9", "De toelating noemt deze gegevens niet: "),
        ("fr;q=0.9, de", "L’autorisation ne cite pas ces données : "),  # noqa: RUF001 - as French is written
        ("xx", "De toelating noemt deze gegevens niet: "),
        ("en-GB", "The authorisation does not name these data: "),
    ],
)
def test_reasons_are_told_in_the_language_that_is_asked_for(
    client: Client, magda_gateway_token: str, accepted: str, words: str
) -> None:
    asked = question(resource__properties__categories=["MEDICAL-EXEMPTION"])
    (reason,) = ask(client, magda_gateway_token, asked, **{"Accept-Language": accepted}).json()["context"]["reasons"]
    assert reason["words"].startswith(words)


def test_without_a_moment_the_question_is_about_now(client: Client, magda_gateway_token: str) -> None:
    told = ask(client, magda_gateway_token, question(context__time=None)).json()["context"]
    assert told["moment"] == told["issued_at"]


def test_a_suspension_works_from_the_next_question_on(client: Client, magda_gateway_token: str) -> None:
    authorisation = Authorisation.objects.get(code="VTC-VB-2014-01")
    begun = authorisation.versions.get(number=1).valid_from
    assert ask(client, magda_gateway_token, question()).json()["decision"] is True
    suspend(authorisation=authorisation, suspended_from=begun, actor=system("test"), reason="a breach")
    denied = ask(client, magda_gateway_token, question()).json()
    assert (denied["decision"], denied["context"]["verdict"]) == (False, "suspended")
    lift_suspension(authorisation=authorisation, lifted_from=begun, actor=system("test"), reason="mended")
    assert ask(client, magda_gateway_token, question()).json()["decision"] is True


def test_a_ceiling_that_was_reached_denies_in_production_alone(client: Client, magda_gateway_token: str) -> None:
    asked = question(
        subject__id="POD-MI",
        resource__id="KBI-STATISTIEK/1.0",
        context__time="2016-03-01T10:00:00+01:00",
    )
    before = ask(client, magda_gateway_token, asked).json()["context"]
    AuthorisationUse.objects.create(authorisation="VTC-VB-2015-02", period="month", period_start="2016-03-01", count=1)
    after = ask(client, magda_gateway_token, asked).json()["context"]
    broken = {"code": "condition-broken", "outside": ["ceiling", "1", "month"]}
    found = [{"code": reason["code"], "outside": reason.get("outside", [])} for reason in after["reasons"]]
    assert broken in found
    assert broken["outside"] not in [reason.get("outside") for reason in before.get("reasons", [])]


@pytest.mark.parametrize(("partner", "looks"), [("VMSW", 1), ("VDAB", 2)])
def test_an_answer_costs_one_look_at_the_revision_and_one_at_the_uses_where_there_is_a_ceiling(
    client: Client, magda_gateway_token: str, partner: str, looks: int
) -> None:
    ask(client, magda_gateway_token, question(subject__id=partner))
    with CaptureQueriesContext(connection) as captured:
        ask(client, magda_gateway_token, question(subject__id=partner))
    assert len([query for query in captured if "compliance_" in query["sql"]]) == looks


def test_the_same_question_gets_the_same_answer_and_never_the_same_identifier(
    client: Client, magda_gateway_token: str
) -> None:
    answers = [ask(client, magda_gateway_token, question()).json() for _ in range(3)]
    assert {answer["decision"] for answer in answers} == {True}
    assert len({answer["context"]["decision_id"] for answer in answers}) == len(answers)


def test_names_that_this_service_does_not_know_are_ignored(client: Client, magda_gateway_token: str) -> None:
    asked = {**question(), "foo": "bar", "futureField": {"nested": True}}
    asked["subject"]["properties"]["department"] = "Sales"
    assert ask(client, magda_gateway_token, asked).json()["decision"] is True


@pytest.mark.parametrize(
    ("changes", "pointer", "code"),
    [
        ({"subject": None}, "/subject", "missing"),
        ({"action": None}, "/action", "missing"),
        ({"resource": None}, "/resource", "missing"),
        ({"context": None}, "/context", "missing"),
        ({"subject__type": None}, "/subject/type", "missing"),
        ({"subject__id": None}, "/subject/id", "missing"),
        ({"action__name": None}, "/action/name", "missing"),
        ({"resource__type": None}, "/resource/type", "missing"),
        ({"resource__id": None}, "/resource/id", "missing"),
        ({"resource__properties": None}, "/resource/properties", "missing"),
        ({"action__properties__purpose": None}, "/action/properties/purpose", "missing"),
        ({"subject": "VDAB"}, "/subject", "shape"),
        ({"action__name": 123}, "/action/name", "shape"),
        ({"action__properties__trigger": "sometimes"}, "/action/properties/trigger", "not-a-value"),
        ({"subject__type": "user"}, "/subject/type", "not-answered"),
        ({"action__name": "delete"}, "/action/name", "not-answered"),
        ({"resource__type": "record"}, "/resource/type", "not-answered"),
        ({"resource__id": "KBI-DOSSIER"}, "/resource/id", "unknown"),
        ({"resource__id": "KBI-DOSSIER/9.9"}, "/resource/id", "unknown"),
        ({"resource__properties__source": "NOBODY"}, "/resource/properties/source", "unknown"),
        ({"resource__properties__categories": ["TRAJECTORY", "X"]}, "/resource/properties/categories/1", "unknown"),
        ({"action__properties__purpose": "CURIOSITY"}, "/action/properties/purpose", "unknown"),
        ({"action__properties__legal_basis": "NONE"}, "/action/properties/legal_basis", "unknown"),
        ({"context__route": "PIGEON"}, "/context/route", "unknown"),
        ({"context__time": "2016-03-01T10:14:03"}, "/context/time", "not-a-moment"),
        ({"context__time": "yesterday"}, "/context/time", "not-a-moment"),
        ({"context__time": "9999-12-31T23:59:59-12:00"}, "/context/time", "not-a-moment"),
    ],
)
def test_what_is_missing_misshapen_or_unknown_is_no_answer_but_an_error_that_names_the_field_and_the_remedy(
    client: Client, magda_gateway_token: str, changes: dict[str, Any], pointer: str, code: str
) -> None:
    answer = ask(client, magda_gateway_token, question(**changes))

    assert answer.status_code == 400, answer.content
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert "decision" not in answer.json()
    assert [(error["pointer"], error["code"]) for error in answer.json()["errors"]] == [(pointer, code)]


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"VDAB"', b"\xff"])
def test_what_is_no_json_object_is_refused(client: Client, magda_gateway_token: str, body: bytes) -> None:
    assert ask(client, magda_gateway_token, body).status_code == 400


def test_another_content_type_is_refused_with_400_as_the_specification_wants(
    client: Client, magda_gateway_token: str
) -> None:
    headers = {"Authorization": f"Bearer {magda_gateway_token}"}
    assert client.post(ONE, json.dumps(question()), "text/plain", headers=headers).status_code == 400


def test_a_question_that_is_too_large_is_refused(client: Client, magda_gateway_token: str) -> None:
    assert ask(client, magda_gateway_token, b" " * 300_000).status_code == 413


@pytest.mark.parametrize("authorization", ["", "Bearer kbi_nothing", "Basic abc"])
def test_without_a_good_token_nobody_is_answered(client: Client, register: None, authorization: str) -> None:
    answer = client.post(ONE, b"{}", "application/json", headers={"Authorization": authorization, "X-Request-ID": "7"})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["X-Request-ID"] == "7"


def test_the_callers_request_identifier_comes_back_with_answers_and_with_errors(
    client: Client, magda_gateway_token: str
) -> None:
    for body, status in ((question(), 200), ({}, 400)):
        answer = ask(client, magda_gateway_token, body, **{"X-Request-ID": "bfe9eb29-ab87-4ca3"})
        assert (answer.status_code, answer.headers["X-Request-ID"]) == (status, "bfe9eb29-ab87-4ca3")
    assert ask(client, magda_gateway_token, question()).headers["X-Request-ID"]


def test_only_post_is_answered(client: Client, magda_gateway_token: str) -> None:
    answer = client.get(ONE, headers={"Authorization": f"Bearer {magda_gateway_token}"})
    assert answer.status_code == 405


def test_the_metadata_names_the_endpoints_under_the_address_of_the_service(client: Client, settings: Any) -> None:
    settings.SITE_URL = "https://kbi-audit.example"
    answer = client.get("/.well-known/authzen-configuration")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/json"
    assert answer.json() == {
        "policy_decision_point": "https://kbi-audit.example",
        "access_evaluation_endpoint": "https://kbi-audit.example/access/v1/evaluation",
        "access_evaluations_endpoint": "https://kbi-audit.example/access/v1/evaluations",
    }


def test_a_partners_system_asks_about_its_own_organisation(client: Client, register: None) -> None:
    assert ask(client, client_of_partner("VDAB"), question()).json()["decision"] is True


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"resource__properties__categories": ["MEDICAL-EXEMPTION"]},
        {"action__properties__purpose": "CURIOSITY"},
        {"subject__id": "NOBODY-KNOWS"},
        {"subject__id": "VMSW", "subject__properties__on_behalf_of": "VDAB"},
        {"subject__properties__on_behalf_of": "VMSW"},
        {"context__time": "1999-01-01T00:00:00Z"},
    ],
)
def test_vmsws_system_learns_nothing_of_vdabs_not_even_whether_it_exists(
    client: Client, register: None, changes: dict[str, Any]
) -> None:
    token = client_of_partner("VMSW")
    answers = [ask(client, token, question(**changes)), ask(client, token, question(subject__id="XYZ"))]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert answers[0].content == answers[1].content
    assert b"VDAB" not in answers[0].content


def test_a_processor_asks_for_who_gave_it_a_mandate_as_long_as_that_is_in_force(client: Client, register: None) -> None:
    token = client_of_partner("VMSW")
    asked = question(subject__id="VMSW", subject__properties__on_behalf_of="VDAB")
    mandate = ProcessingMandate(
        processor=Organisation.objects.get(code="VMSW"),
        controller=Organisation.objects.get(code="VDAB"),
        valid_from=now().date(),
    )
    change(instance=mandate, actor=system("test"), reason="test")
    assert ask(client, token, asked).json()["context"]["authorisation"]["version"] == "VTC-VB-2014-01/1"
    mandate.valid_until = mandate.valid_from
    mandate.valid_from = mandate.valid_from.replace(year=mandate.valid_from.year - 1)
    change(instance=mandate, actor=system("test"), reason="it ended")
    assert ask(client, token, asked).status_code == 403


def test_the_source_asks_about_what_it_is_asked_itself(client: Client, register: None) -> None:
    token = client_of_partner("DISCIMUS")
    assert ask(client, token, question()).status_code == 403
    asked = question(subject__id="KBI", resource__properties__source="DISCIMUS")
    assert ask(client, token, asked).status_code == 200


def test_the_moment_may_be_written_without_seconds(client: Client, magda_gateway_token: str) -> None:
    told = ask(client, magda_gateway_token, question(context__time=MOMENT[:16] + "+01:00")).json()["context"]
    assert told["moment"] == "2016-03-01T09:14:00.000000Z"
