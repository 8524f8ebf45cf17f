"""An officer asks from an exchange, a list or a case, and follows what becomes of it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from compliance.cases.models import Case, CaseEvent, CaseFinding
from compliance.cases.open_case import open_case
from compliance.cases.questions.answer import answer
from compliance.cases.questions.models import PartnerQuestion
from compliance.cases.questions.telling import MOST
from compliance.cases.vocabulary import CaseAct, CaseKind, CaseState
from compliance.kernel.clock import BRUSSELS, now
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from compliance.registry.terms import end_of_term
from tests.cases.questions.asking import GROUND, TEXT, answered, asked, drafted
from tests.console.exchanges import VMSW, recorded, recorded_many
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from uuid import UUID

    from django.test import Client

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db

ASK = "/questions/ask/"


@pytest.fixture
def officer(client_of: ClientOf) -> Client:
    """Return the browser of the officer."""
    return client_of("officer")


def flagged(*evidence: Sequence[UUID]) -> Case:
    """Open a case of VDAB's with findings that rest on these exchanges."""
    case = open_case(kind=CaseKind.FLAGGED, key="a-story", severity=50, partner="VDAB").case
    for number, exchanges in enumerate(evidence):
        CaseFinding.objects.create(
            case=case,
            key=f"{number}",
            detector="repeated-pair",
            family="people",
            tier=1,
            period="2016-03-12",
            begins=now(),
            ends=now(),
            score=float(-number),
            evidence=list(exchanges),
            added_at=now(),
            seen_at=now(),
        )
    return case


def ticked(page: bytes) -> int:
    return len(re.findall(r'name="exchanges" value="[^"]+" checked>', page.decode()))


def test_one_asks_from_the_page_of_an_exchange(cast: Cast, officer: Client) -> None:
    exchange = recorded()
    address = f"{ASK}?exchange={exchange}"
    assert address in addresses_in(officer.get(reverse("exchange", args=[exchange])))
    assert ticked(officer.get(address).content) == 1
    made = officer.post(address, {"exchanges": [str(exchange)], "text": TEXT})
    question = PartnerQuestion.objects.get()
    assert made.headers["Location"] == reverse("question", args=[question.code])
    assert [one.exchange for one in question.exchanges.all()] == [exchange]


def test_one_chooses_from_a_list_of_one_partner(cast: Cast, officer: Client) -> None:
    exchanges = recorded_many(3)
    recorded(**VMSW)
    assert not any(one.startswith(ASK) for one in addresses_in(officer.get("/exchanges/")))
    page = officer.get("/exchanges/?partner=VDAB")
    address = next(one for one in addresses_in(page) if one.startswith(ASK))
    offer = officer.get(address).content
    assert ticked(offer) == 0
    assert offer.decode().count('name="exchanges"') == len(exchanges)
    officer.post(address, {"exchanges": [str(exchanges[0]), str(exchanges[2])], "text": TEXT, "days": "3"})
    question = PartnerQuestion.objects.get()
    assert question.exchanges.count() == 2
    assert question.due_at == end_of_term(question.asked_at, 3)


@pytest.mark.parametrize("username", ["auditor", "operator", "vdab-dpo", "vmsw-requester"])
def test_who_does_not_decide_is_offered_no_question(cast: Cast, client_of: ClientOf, username: str) -> None:
    exchange = recorded()
    door = "exchange" if username == "auditor" else "portal-exchange"
    assert "Ask the partner" not in words_of(client_of(username).get(reverse(door, args=[exchange])))
    assert client_of(username).post(f"{ASK}?exchange={exchange}", {"text": TEXT}).status_code == 403


def test_what_is_wrong_stands_beside_the_field_and_what_was_typed_stays(cast: Cast, officer: Client) -> None:
    exchange = recorded()
    answer = officer.post(f"{ASK}?exchange={exchange}", {"exchanges": [str(exchange)], "text": "Hoezo?"})
    assert answer.status_code == 422
    assert "Write at least 10 characters" in words_of(answer)
    assert "Hoezo?" in answer.content.decode()
    assert ticked(answer.content) == 1
    assert "Choose at least one exchange." in words_of(officer.post(f"{ASK}?exchange={exchange}", {"text": TEXT}))


def test_a_case_offers_the_ten_that_tell_most_each_finding_in_turn(cast: Cast, officer: Client) -> None:
    first, second, other = recorded_many(12), [recorded(message_reference="second")], recorded(**VMSW)
    case = flagged(first, [*second, other])
    offer = officer.get(reverse("case-ask", args=[case.code])).content.decode()
    assert ticked(offer.encode()) == MOST
    assert str(second[0]) in offer
    assert str(other) not in offer
    assert str(first[-1]) not in offer


def test_a_case_waits_for_the_partner_and_goes_on_with_the_last_answer(cast: Cast, officer: Client) -> None:
    exchanges = recorded_many(2)
    case = flagged(exchanges)
    for exchange in exchanges:
        officer.post(reverse("case-ask", args=[case.code]), {"exchanges": [str(exchange)], "text": TEXT})
    for question, state in zip(
        PartnerQuestion.objects.order_by("id"), (CaseState.WAITING_PARTNER, CaseState.IN_REVIEW), strict=True
    ):
        assert Case.objects.get().state == CaseState.WAITING_PARTNER
        drafted(question, cast["vdab-dpo"])
        answer(question=question, account=cast["vdab-dpo"])
        assert Case.objects.get().state == state
    acts = list(CaseEvent.objects.order_by("id").values_list("act", flat=True))
    assert acts == [CaseAct.OPEN, CaseAct.ASK, CaseAct.ASK, CaseAct.HEAR, CaseAct.HEAR]


def test_the_case_goes_on_when_the_question_is_withdrawn(cast: Cast, officer: Client) -> None:
    exchanges = recorded_many(1)
    case = flagged(exchanges)
    officer.post(reverse("case-ask", args=[case.code]), {"exchanges": [str(exchanges[0])], "text": TEXT})
    question = PartnerQuestion.objects.get()
    officer.post(reverse("question-withdraw", args=[question.code]), {"reason": "De partner belde al met uitleg."})
    assert Case.objects.get().state == CaseState.IN_REVIEW


def test_an_officer_gives_more_time_and_it_is_said(cast: Cast, officer: Client) -> None:
    question = asked(cast)
    address = reverse("question-extend", args=[question.code])
    refused = officer.post(address, {"until": "2016-01-01", "reason": "De consulent is ziek."})
    assert refused.status_code == 422
    assert "Choose a day after the present term" in words_of(refused)
    later = end_of_term(question.due_at, 5).astimezone(BRUSSELS).date()
    officer.post(address, {"until": later.isoformat(), "reason": "De consulent is ziek."})
    assert "De consulent is ziek." in words_of(officer.get(reverse("question", args=[question.code])))


def test_what_is_late_comes_first(cast: Cast, officer: Client) -> None:
    exchange = recorded()
    late, open_one = asked(cast, exchanges=[exchange]), asked(cast, exchanges=[exchange], urgent=True)
    answered(cast, exchanges=[exchange])
    PartnerQuestion.objects.filter(pk=late.pk).update(due_at=late.asked_at)
    words = words_of(officer.get("/questions/"))
    assert words.index(late.code) < words.index(open_one.code)
    assert "Late (1)" in words
    assert "Open (1)" in words
    assert "Answered, or withdrawn (1)" in words


def test_one_asks_on_about_the_same_exchanges(cast: Cast, officer: Client) -> None:
    first = answered(cast)
    address = next(one for one in addresses_in(officer.get(f"/questions/{first.code}/")) if one.startswith(ASK))
    chosen = [str(one.exchange) for one in first.exchanges.all()]
    officer.post(address, {"exchanges": chosen, "text": "Wie gaf daarvoor toestemming?"})
    second = PartnerQuestion.objects.latest("id")
    assert second.follows == first
    assert second.code in words_of(officer.get(f"/questions/{first.code}/"))


def test_an_answer_that_is_drafted_is_not_read_by_the_officer(cast: Cast, officer: Client) -> None:
    question = asked(cast)
    drafted(question, cast["vdab-dpo"])
    assert GROUND not in officer.get(f"/questions/{question.code}/").content.decode()


def test_the_look_at_a_question_is_recorded(cast: Cast, officer: Client) -> None:
    question = asked(cast)
    officer.get(f"/questions/{question.code}/")
    looks = Act.objects.filter(kind=ActKind.EXCHANGES_LISTED, object_id=question.uid)
    assert [one.actor for one in looks] == ["officer"]
