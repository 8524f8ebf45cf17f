"""The desk of officers: what waits for them, and what they do about a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.authorisations.requests.models import AuthorisationRequest, RequestAttachment
from compliance.authorisations.requests.return_request import return_request
from compliance.authorisations.requests.sign import text_to_sign
from compliance.authorisations.requests.submit import submit
from compliance.authorisations.requests.vocabulary import RequestAct, RequestKind, RequestState, Section
from compliance.authorisations.requests.write_message import write_message
from compliance.documents.vocabulary import ScanState
from compliance.kernel.clock import now
from compliance.simulation.numbers import synthetic_insz
from tests.authorisations.requests import asking
from tests.authorisations.requests.asking import again
from tests.authorisations.requests.walking import change
from tests.console.reading import addresses_in, fields_in, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from django.test import Client

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db

STANDINGS = [asking.submitted, asking.advised, asking.granted, asking.signed, asking.live]


@pytest.fixture
def officer(client_of: ClientOf) -> Client:
    """Return the officer's browser."""
    return client_of("officer")


@pytest.fixture
def second(client_of: ClientOf) -> Client:
    """Return the browser of an officer who did not advise."""
    return client_of("second-officer")


def address_of(request: AuthorisationRequest, slug: str = "") -> str:
    """Return where a request stands, or what is done about it."""
    return f"/requests/{request.code}/act/{slug}/" if slug else f"/requests/{request.code}/"


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("username", ["officer", "auditor", "operator"])
def test_a_request_is_read_at_every_stage(
    client_of: ClientOf, cast: Mapping[str, Account], standing: Callable[..., AuthorisationRequest], username: str
) -> None:
    request = standing(cast)
    words = words_of(client_of(username).get(address_of(request)))
    assert "VDAB (Flemish public employment service) asks Crossroads Bank for Civic Integration for" in words
    assert "De begeleiding van inburgeraars." in words
    assert "Every step" in words


def test_an_auditor_reads_and_is_offered_nothing(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    answer = client_of("auditor").get(address_of(asking.advised(cast)))
    assert b'action="/requests/' not in answer.content
    assert "This request waits for: the decision of an officer who had no part in it" in words_of(answer)


def test_the_way_reads_without_colours(officer: Client, cast: Mapping[str, Account]) -> None:
    words = words_of(officer.get(address_of(asking.advised(cast))))
    assert "Written done on" in words
    assert "Decided now: ready for decision, since" in words
    assert "Published to come" in words


def test_an_officer_advises_and_reads_that_it_was_recorded(officer: Client, cast: Mapping[str, Account]) -> None:
    request = asking.submitted(cast)
    sent = {**fields_in(officer.get(address_of(request)), "advise"), "opinion": "conditional", "advice": "Korter."}
    answer = officer.post(address_of(request, "advise"), sent, follow=True)
    assert "Your advice was recorded." in words_of(answer)
    assert "positive, with conditions" in words_of(answer)
    given = request.requestadvices.get()
    assert (given.opinion, given.advice) == ("conditional", "Korter.")


def test_a_made_up_address_tells_of_nothing_that_was_not_done(officer: Client, cast: Mapping[str, Account]) -> None:
    request = asking.submitted(cast)
    assert "Your advice was recorded." not in words_of(officer.get(f"{address_of(request)}?done=advise"))
    assert officer.get(f"{address_of(request)}?done=nonsense").status_code == 200


def test_whoever_advised_reads_why_somebody_else_decides(officer: Client, cast: Mapping[str, Account]) -> None:
    request = asking.advised(cast)
    answer = officer.get(address_of(request))
    assert "You advised on this request, so somebody else decides." in words_of(answer)
    assert address_of(request, "decide").encode() not in answer.content
    refused = officer.post(address_of(request, "decide"), {"outcome": "granted", "reasons": "Goed"})
    assert refused.status_code == 403
    assert "Somebody else has to do this" in words_of(refused)
    assert "Goed" in words_of(refused)  # what was written is there to take along
    assert again(request).state == RequestState.READY


def test_a_decision_with_limits_becomes_conditions_that_the_verdict_keeps(
    second: Client, cast: Mapping[str, Account]
) -> None:
    request = asking.advised(cast)
    sent = {
        "outcome": "conditional",
        "reasons": "Evenredig, mits beperkt.",
        "conditions": "Alleen op werkdagen, hoogstens 100 per dag.",
        "weekdays": ["1", "2"],
        "start": "08:00",
        "end": "18:00",
        "count": "100",
        "period": "day",
        "ends_on": "2031-01-01",
    }
    words = words_of(second.post(address_of(request, "decide"), sent, follow=True))
    assert "Only on Monday and Tuesday, from 08:00 until 18:00." in words
    assert "At most 100 exchanges a day." in words
    granted = again(request).granted
    assert granted is not None
    version = granted.versions.get()
    assert version.conditions["ceilings"] == [{"count": 100, "period": "day"}]
    assert version.valid_until is not None


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({}, "Choose one."),
        ({"outcome": "conditional"}, "Write the conditions"),
        ({"outcome": "granted", "count": "5", "period": "day"}, "There are conditions"),
        ({"outcome": "conditional", "conditions": "x", "start": "08:00"}, "Give both times."),
        ({"outcome": "conditional", "conditions": "x", "start": "08:00", "end": "08:00"}, "end at another time"),
        ({"outcome": "conditional", "conditions": "x", "count": "5"}, "Give both the number and the period."),
        ({"outcome": "conditional", "conditions": "x", "ends_on": "2019-01-01"}, "The end must come after"),
    ],
)
def test_an_error_stands_beside_its_field_and_nothing_that_was_typed_is_lost(
    second: Client, cast: Mapping[str, Account], sent: dict[str, str], told: str
) -> None:
    request = asking.advised(cast)
    answer = second.post(address_of(request, "decide"), {"reasons": "Beide adviezen gewogen.", **sent})
    words = words_of(answer)
    assert told in words
    assert "Beide adviezen gewogen." in words
    assert "#act-decide" in addresses_in(answer)
    assert again(request).state == RequestState.READY


def test_a_refusal_is_asked_once_more_with_what_will_happen(second: Client, cast: Mapping[str, Account]) -> None:
    request = asking.advised(cast)
    sent = {"outcome": "refused", "reasons": "Niet nodig voor dit doel."}
    asked = second.post(address_of(request, "decide"), sent)
    assert "Refuse this request?" in words_of(asked)
    assert "A refusal is not taken back." in words_of(asked)
    assert again(request).state == RequestState.READY
    back = second.post(address_of(request, "decide"), {**sent, "step": "back"})
    assert "Niet nodig voor dit doel." in words_of(back)
    assert again(request).state == RequestState.READY
    second.post(address_of(request, "decide"), {**fields_in(asked), "step": "confirm"})
    assert again(request).state == RequestState.REFUSED
    assert request.requestdecisions.get().reasons == "Niet nodig voor dit doel."


def test_a_double_click_does_it_once_and_says_that_it_was_done(second: Client, cast: Mapping[str, Account]) -> None:
    request = asking.advised(cast)
    sent = {**fields_in(second.get(address_of(request)), "decide"), "outcome": "granted", "reasons": "Goed."}
    answers = [second.post(address_of(request, "decide"), sent, follow=True) for _click in range(2)]
    assert all("Your decision was recorded." in words_of(answer) for answer in answers)
    assert request.requestdecisions.count() == 1


def test_whoever_comes_second_is_told_and_keeps_the_words(
    officer: Client, second: Client, cast: Mapping[str, Account]
) -> None:
    request = asking.advised(cast)
    sent = {**fields_in(second.get(address_of(request)), "decide"), "outcome": "granted", "reasons": "Goedgekeurd."}
    officer.post(address_of(request, "return"), {"questions": "Waarom?"})
    answer = second.post(address_of(request, "decide"), sent)
    assert answer.status_code == 409
    assert "the request moved while you had it before you" in words_of(answer)
    assert "Goedgekeurd." in words_of(answer)


def test_advice_on_a_text_that_changed_meanwhile_is_not_given(officer: Client, cast: Mapping[str, Account]) -> None:
    request = asking.submitted(cast)
    sent = {**fields_in(officer.get(address_of(request)), "advise"), "opinion": "positive", "advice": "Prima zo."}
    return_request(request=request, account=cast["second-officer"], questions="Waarom?")
    change(again(request), cast["vdab-requester"], 1, material=True)
    submit(request=again(request), account=cast["vdab-requester"])
    answer = officer.post(address_of(request, "advise"), sent)
    assert answer.status_code == 409
    assert "The text changed after you opened this page." in words_of(answer)
    assert "Prima zo." in words_of(answer)
    assert not request.requestadvices.exists()


def test_advice_about_an_earlier_text_says_so_and_what_changed_is_shown_word_by_word(
    officer: Client, cast: Mapping[str, Account]
) -> None:
    request = asking.advised(cast)
    return_request(request=request, account=cast["officer"], questions="Waarom?")
    change(again(request), cast["vdab-requester"], 7, material=True)
    submit(request=again(request), account=cast["vdab-requester"])
    answer = officer.get(address_of(request))
    assert words_of(answer).count("about an earlier text: new advice is needed") == 2
    assert "#section-purposes" in addresses_in(answer)
    assert b"<ins>" in answer.content
    assert b"<del>" in answer.content
    assert "[added: In andere" in words_of(answer)


def test_a_question_is_open_until_it_is_answered(
    officer: Client, client_of: ClientOf, cast: Mapping[str, Account]
) -> None:
    request = asking.submitted(cast)
    sent = {"section": "duration", "message": "Waarom 24 maanden?", "is_question": "on"}
    answer = officer.post(f"/requests/{request.code}/message/", sent)
    assert answer.headers["Location"].endswith("#thread-duration")
    assert "1 open question" in words_of(officer.get(address_of(request)))
    question = request.requestmessages.get()
    client_of("vdab-requester").post(
        f"/portal/requests/{request.code}/message/",
        {"section": "duration", "answers": question.pk, "message": "Zolang het traject duurt."},
    )
    words = words_of(officer.get(address_of(request)))
    assert "open question" not in words
    assert "Zolang het traject duurt." in words


def test_a_message_with_a_national_number_comes_back_with_its_words(
    officer: Client, cast: Mapping[str, Account]
) -> None:
    request = asking.submitted(cast)
    message = f"Het gaat over {synthetic_insz(1)}."
    answer = officer.post(f"/requests/{request.code}/message/", {"section": "data", "message": message})
    assert "This holds a national number." in words_of(answer)
    assert message in words_of(answer)
    assert not request.requestmessages.exists()


def test_a_question_of_another_request_is_not_answered_here(officer: Client, cast: Mapping[str, Account]) -> None:
    one, other = asking.submitted(cast), asking.submitted(cast)
    question = write_message(
        request=other, account=cast["officer"], section=Section.DATA, message="Waarom?", is_question=True
    )
    answer = officer.post(f"/requests/{one.code}/message/", {"answers": question.pk, "message": "Daarom."})
    assert answer.status_code == 404


def test_two_persons_sign_the_text_that_they_read(officer: Client, second: Client, cast: Mapping[str, Account]) -> None:
    request = asking.granted(cast)
    digest = text_to_sign(request).protocol_digest
    page = officer.get(address_of(request))
    assert digest in words_of(page)
    unread = officer.post(address_of(request, "sign"), fields_in(page, "sign"))
    assert "Read the text, and say so." in words_of(unread)
    officer.post(address_of(request, "sign"), {**fields_in(page, "sign"), "has_read": "on"})
    assert "You signed. A second person of your organisation signs too." in words_of(officer.get(address_of(request)))
    second.post(address_of(request, "sign"), {"protocol_digest": digest, "has_read": "on"})
    assert request.requestsignatures.count() == 2


def test_two_persons_confirm_the_same_signed_document(
    officer: Client, second: Client, cast: Mapping[str, Account]
) -> None:
    request = asking.granted(cast)
    document = RequestAttachment.objects.create(
        request=request,
        at=now(),
        by="officer",
        name="getekend.pdf",
        media_type="application/pdf",
        size=10,
        digest="a" * 64,
        scan=ScanState.CLEAN,
    )
    page = officer.get(address_of(request))
    assert "I confirm the signed document “getekend.pdf”" in words_of(page)
    sent = {**fields_in(page, "sign"), "has_read": "on"}
    officer.post(address_of(request, "sign"), {**sent, "document": str(document.pk)})
    other = second.post(address_of(request, "sign"), {**sent, "document": ""})
    assert "The first signature is of another document" in words_of(other)
    second.post(address_of(request, "sign"), {**sent, "document": str(document.pk)})
    assert [one.document for one in request.requestsignatures.all()] == [document, document]


def test_from_signature_to_production_and_back(
    officer: Client, client_of: ClientOf, cast: Mapping[str, Account]
) -> None:
    request, operator = asking.signed(cast), client_of("operator")
    officer.post(address_of(request, "publish"))
    operator.post(address_of(request, "start-test"))
    assert "The connection of this partner is not followed here." in words_of(operator.get(address_of(request)))
    asked = operator.post(address_of(request, "go-live"), {"remark": "Alles geslaagd."})
    assert "Put this into production?" in words_of(asked)
    operator.post(address_of(request, "go-live"), {"remark": "Alles geslaagd.", "step": "confirm"})
    assert again(request).state == RequestState.IN_PRODUCTION
    for slug, state in (("suspend", "suspended"), ("resume", "in-production"), ("withdraw", "withdrawn")):
        officer.post(address_of(request, slug), {"why": "Een incident.", "step": "confirm"})
        assert again(request).state == state


def test_a_committee_is_asked_and_its_answer_recorded(officer: Client, cast: Mapping[str, Account]) -> None:
    request = asking.advised(cast)
    officer.post(address_of(request, "ask-committee"), {"committee": "vtc", "why": "Gezondheid."})
    assert again(request).state == RequestState.EXTERNAL
    answer = officer.post(
        address_of(request, "record-committee"),
        {"opinion": "positive", "advice": "Geen bezwaar.", "reference": "VTC/2026/12"},
        follow=True,
    )
    assert "VTC/2026/12" in words_of(answer)
    assert again(request).state == RequestState.READY


def test_every_step_names_its_entry_and_leads_officers_to_oversight(
    officer: Client, client_of: ClientOf, cast: Mapping[str, Account]
) -> None:
    request = asking.submitted(cast)
    page = officer.get(address_of(request))
    for event in request.requestevents.all():
        assert str(event.entry) in words_of(page)
    assert "/oversight/?actor=vdab-requester&kind=request%3Asubmitted" in addresses_in(page)
    assert not [one for one in addresses_in(client_of("operator").get(address_of(request))) if "/oversight/" in one]


def test_the_oversight_list_leads_to_the_request_and_never_to_an_exchange(
    officer: Client, cast: Mapping[str, Account]
) -> None:
    request = asking.submitted(cast)
    addresses = addresses_in(officer.get("/oversight/?kind=request:submitted"))
    assert address_of(request) in addresses
    assert f"/exchanges/{request.uid}/" not in addresses


def test_the_queue_says_what_waits_for_whom_and_what_is_asked(
    second: Client, officer: Client, cast: Mapping[str, Account]
) -> None:
    request = asking.advised(cast)
    mine = words_of(second.get("/requests/"))
    assert "Waits for you (1)" in mine
    assert f"{request.code}" in mine
    others = words_of(officer.get("/requests/"))
    assert "Waits for you (0)" in others
    assert "The decision of an officer who had no part in it" in others


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 2),
        ("text=arbeidsbemiddeling", 2),
        ("text=NOSUCH", 0),
        ("partner=VDAB", 2),
        ("state=ready", 1),
        ("kind=renewal", 0),
        ("kind=new&state=submitted", 1),
        ("state=nonsense", 0),
    ],
)
def test_the_queue_is_narrowed(officer: Client, cast: Mapping[str, Account], query: str, found: int) -> None:
    codes = [asking.submitted(cast).code, asking.advised(cast).code]
    words = words_of(officer.get(f"/requests/?{query}"))
    assert sum(code in words for code in codes) == found


def test_the_queue_is_read_in_few_queries_however_long(
    officer: Client, cast: Mapping[str, Account], django_assert_max_num_queries: Callable[..., Callable[..., object]]
) -> None:
    for standing in (*STANDINGS, *STANDINGS):
        standing(cast)
    officer.get("/requests/")
    with django_assert_max_num_queries(30):  # type: ignore[attr-defined]  # session, frame, names, requests twice, terms
        officer.get("/requests/")


def test_a_draft_is_not_there_for_the_keeper(officer: Client, cast: Mapping[str, Account]) -> None:
    request = asking.drafted(cast)
    for address in (address_of(request), address_of(request, "advise")):
        assert officer.get(address).status_code == 404
    assert officer.post(address_of(request, "advise"), {"opinion": "positive", "advice": "x"}).status_code == 404
    assert request.code not in words_of(officer.get("/requests/"))


def test_an_act_that_nobody_knows_is_not_there(officer: Client, cast: Mapping[str, Account]) -> None:
    assert officer.get(address_of(asking.submitted(cast), "nonsense")).status_code == 404


def test_whoever_opens_the_address_of_an_act_comes_to_its_form(officer: Client, cast: Mapping[str, Account]) -> None:
    request = asking.submitted(cast)
    assert officer.get(address_of(request, "advise")).headers["Location"] == f"{address_of(request)}#act-advise"


def test_an_officer_begins_with_what_waits(second: Client, cast: Mapping[str, Account]) -> None:
    request = asking.advised(cast)
    page = second.get("/")
    assert "Requests that wait for you" in words_of(page)
    assert address_of(request) in addresses_in(page)


def test_an_amendment_is_offered_from_what_is_in_production(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    request = asking.live(cast)
    requester = client_of("vdab-requester")
    assert "Begin an amendment" in words_of(requester.get(f"/portal/requests/{request.code}/"))
    answers = [requester.post(f"/portal/requests/{request.code}/successor/amend/") for _click in range(2)]
    draft = AuthorisationRequest.objects.get(kind=RequestKind.AMENDMENT)
    for answer in answers:
        assert answer.headers["Location"] == f"/portal/requests/{draft.code}/parties/"
    assert draft.requestevents.get().act == RequestAct.DRAFT
