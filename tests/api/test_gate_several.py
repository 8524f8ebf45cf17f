"""Promises of ``POST /access/v1/evaluations``: defaults, order, when the rest is no longer asked, and errors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from compliance.api.access.door import Visit
from compliance.api.access.evaluations import answer_all
from compliance.kernel.canonical import encode
from tests.api.gate import SEVERAL, ask, client_of_partner, question
from tests.authorisations.questions import FIRST, registers, snapshot_of
from tests.properties import patient

if TYPE_CHECKING:
    from django.test import Client

    from compliance.authorisations.terms import Terms

MEDICAL = {
    "type": "service",
    "id": "KBI-DOSSIER/1.0",
    "properties": {"source": "KBI", "categories": ["MEDICAL-EXEMPTION"]},
}


def several(*evaluations: dict[str, Any], semantic: str | None = None, **changes: Any) -> dict[str, Any]:
    """Return questions, of which what they leave out stands above."""
    options = {} if semantic is None else {"options": {"evaluations_semantic": semantic, "another": "value"}}
    return {**question(**changes), "evaluations": list(evaluations), **options}


def decisions(answer: Any) -> list[bool]:
    """Return what was decided, in order."""
    assert answer.status_code == 200, answer.content
    assert set(answer.json()) == {"evaluations"}
    return [one["decision"] for one in answer.json()["evaluations"]]


@pytest.mark.django_db
def test_what_a_question_leaves_out_is_what_stands_above_and_what_it_names_replaces_the_whole_object(
    client: Client, magda_gateway_token: str
) -> None:
    answer = ask(client, magda_gateway_token, several({}, {"resource": MEDICAL}, {}), path=SEVERAL)
    assert decisions(answer) == [True, False, True]
    partly = {"context": {"time": "2016-03-01T10:14:03+01:00"}}
    (refused,) = ask(client, magda_gateway_token, several(partly), path=SEVERAL).json()["evaluations"]
    assert refused["context"]["error"]["errors"][0]["pointer"] == "/context/route"


@pytest.mark.django_db
def test_nothing_need_stand_above_when_every_question_is_whole(client: Client, magda_gateway_token: str) -> None:
    whole = {"evaluations": [question(), question(resource=MEDICAL)]}
    assert decisions(ask(client, magda_gateway_token, whole, path=SEVERAL)) == [True, False]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("semantic", "expected"),
    [
        (None, [True, False, True, False]),
        ("execute_all", [True, False, True, False]),
        ("deny_on_first_deny", [True, False]),
        ("permit_on_first_permit", [True]),
    ],
)
def test_the_first_answer_that_settles_it_is_the_last(
    client: Client, magda_gateway_token: str, semantic: str | None, expected: list[bool]
) -> None:
    asked = several({}, {"resource": MEDICAL}, {}, {"resource": MEDICAL}, semantic=semantic)
    assert decisions(ask(client, magda_gateway_token, asked, path=SEVERAL)) == expected


@pytest.mark.django_db
def test_a_question_that_cannot_be_answered_denies_and_says_why_and_the_others_are_answered(
    client: Client, magda_gateway_token: str
) -> None:
    unknown = {"context": {"route": "PIGEON"}}
    answer = ask(client, magda_gateway_token, several({}, unknown, {"resource": "x"}, {}), path=SEVERAL)
    assert decisions(answer) == [True, False, False, True]
    error = answer.json()["evaluations"][1]["context"]["error"]
    assert error["status"] == 400
    assert error["errors"] == [
        {
            "pointer": "/context/route",
            "detail": "The register has no route with this code. Ask the operator to add it.",
            "code": "unknown",
        }
    ]
    settled = ask(client, magda_gateway_token, several(unknown, {}, semantic="deny_on_first_deny"), path=SEVERAL)
    assert decisions(settled) == [False]


@pytest.mark.django_db
@pytest.mark.parametrize("left_out", [{}, {"evaluations": []}])
def test_without_others_it_is_one_question(client: Client, magda_gateway_token: str, left_out: dict[str, Any]) -> None:
    answer = ask(client, magda_gateway_token, {**question(), **left_out}, path=SEVERAL)
    assert answer.json()["decision"] is True


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**question(), "evaluations": {}}, 400),
        ({**question(), "evaluations": ["x"]}, 400),
        ({**question(), "evaluations": [{}], "options": {"evaluations_semantic": "guess"}}, 400),
        ({**question(), "evaluations": [{}] * 101}, 413),
        (b"[]", 400),
        (b"", 400),
    ],
)
def test_what_is_wrong_with_the_whole_is_an_error_of_the_whole(
    client: Client, magda_gateway_token: str, body: object, status: int
) -> None:
    assert ask(client, magda_gateway_token, body, path=SEVERAL).status_code == status


@pytest.mark.django_db
def test_one_of_several_about_another_organisation_tells_nothing_of_it(client: Client, register: None) -> None:
    token = client_of_partner("VMSW")
    others = [{"subject": {"type": "organisation", "id": code}} for code in ("VDAB", "XYZ", "VMSW")]
    first, second, own = ask(client, token, several(*others), path=SEVERAL).json()["evaluations"]
    assert first == second
    assert first["context"]["error"]["status"] == 403
    assert "verdict" in own["context"]


asked_of = st.sampled_from("AB")


@patient
@given(
    registers,
    st.lists(st.tuples(asked_of, asked_of, asked_of), min_size=1, max_size=6),
    st.sampled_from(("execute_all", "deny_on_first_deny", "permit_on_first_permit")),
)
def test_settling_early_gives_the_beginning_of_what_all_would_give(
    terms: list[Terms], told: list[tuple[str, str, str]], semantic: str
) -> None:
    questions = [
        {
            "subject": {"type": "organisation", "id": who},
            "action": {"name": "receive", "properties": {"purpose": why, "legal_basis": "A"}},
            "resource": {"type": "service", "id": "A/1", "properties": {"source": "A", "categories": [what]}},
            "context": {"route": "A", "time": "2016-01-01T00:00:00Z"},
        }
        for who, what, why in told
    ]

    def answered(how: str) -> list[bool]:
        body = encode({"evaluations": questions, "options": {"evaluations_semantic": how}})
        visit = Visit(body, frozenset("AB"), snapshot_of(terms), FIRST, "en")
        return [one["decision"] for one in msgspec.json.decode(answer_all(visit))["evaluations"]]

    everything, some = answered("execute_all"), answered(semantic)
    settled_by = {"execute_all": None, "deny_on_first_deny": False, "permit_on_first_permit": True}[semantic]
    ends = everything.index(settled_by) + 1 if settled_by in everything else len(everything)
    assert some == everything[:ends]
