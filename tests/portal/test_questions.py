"""A partner's people read what their own organisation is asked, and answer it; another's question is not there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from compliance.cases.questions.assign import assign
from compliance.cases.questions.models import AnswerDraft, PartnerQuestion
from compliance.cases.questions.vocabulary import AnswerReason, QuestionState
from compliance.notices.models import Notice
from tests.cases.questions.asking import GROUND, TEXT, answered, asked
from tests.console.exchanges import recorded
from tests.console.reading import addresses_in, words_of
from tests.documents.papers import pdf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from django.test import Client
    from pytest_django import Settings

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.ATTACHMENTS_DIR = tmp_path / "attachments"
    settings.CLAMAV_SOCKET = None


@pytest.fixture
def question(cast: Cast) -> PartnerQuestion:
    """Ask VDAB about two exchanges."""
    return asked(cast)


@pytest.fixture
def dpo(client_of: ClientOf) -> Client:
    """Return the browser of VDAB's data protection officer."""
    return client_of("vdab-dpo")


def here(question: PartnerQuestion, name: str = "question", *parts: object) -> str:
    return reverse(f"portal-{name}", args=[question.code, *parts])


def both(reason: str = AnswerReason.DOSSIER, text: str = GROUND) -> dict[str, str]:
    return {"reason-1": reason, "text-1": text, "reason-2": reason, "text-2": text}


def test_vmsw_finds_no_trace_of_vdabs_question(cast: Cast, client_of: ClientOf) -> None:
    exchange = recorded()
    done, waits = answered(cast, exchanges=[exchange]), asked(cast, exchanges=[exchange], urgent=True)
    vmsw = client_of("vmsw-requester")
    for address in ("/portal/", "/portal/questions/", "/portal/exchanges/", "/notices/", "/portal/statistics/file/csv"):
        answer = vmsw.get(address)
        assert answer.status_code == 200
        for trace in (done.code, waits.code, TEXT, GROUND, str(exchange), "VRAAG-"):
            assert trace not in answer.content.decode()
    assert not Notice.objects.of(cast["vmsw-requester"]).exists()


@pytest.mark.parametrize("username", ["vmsw-requester", "vdab-requester"])
@pytest.mark.parametrize(
    ("method", "name", "parts"),
    [
        ("get", "question", ()),
        ("post", "question", ()),
        ("get", "question-attach", (1,)),
        ("post", "question-attach", (1,)),
        ("get", "question-document", (1,)),
    ],
)
def test_whose_question_it_is_not_cannot_tell_it_from_none(
    question: PartnerQuestion, client_of: ClientOf, username: str, method: str, name: str, parts: tuple[int, ...]
) -> None:
    client = client_of(username)
    there = getattr(client, method)(here(question, name, *parts))
    nowhere = getattr(client, method)(reverse(f"portal-{name}", args=["VRAAG-2000-0000", *parts]))
    assert there.status_code == nowhere.status_code == 404
    assert words_of(there) == words_of(nowhere)


def test_the_question_stands_on_the_first_page_until_it_is_answered(question: PartnerQuestion, dpo: Client) -> None:
    assert here(question) in addresses_in(dpo.get("/portal/"))
    dpo.post(here(question), {**both(), "step": "send"})
    assert here(question) not in addresses_in(dpo.get("/portal/"))


def test_what_is_typed_is_saved_as_one_goes(question: PartnerQuestion, dpo: Client) -> None:
    saved = dpo.post(here(question), {"text-1": "Nog niet zeker"}, headers={"hx-request": "true"})
    assert words_of(saved).startswith("Saved at")
    assert "Nog niet zeker" in dpo.get(here(question)).content.decode()
    assert PartnerQuestion.objects.get().state == QuestionState.OPEN


def test_what_lacks_is_said_beside_it_and_nothing_typed_is_lost(question: PartnerQuestion, dpo: Client) -> None:
    answer = dpo.post(here(question), {"reason-1": AnswerReason.ERROR, "text-1": "Fout", "step": "send"})
    assert answer.status_code == 422
    words = words_of(answer)
    assert "Nothing was sent: some answers lack something." in words
    assert "Write at least 10 characters" in words
    assert "Choose a reason." in words
    assert "Fout" in answer.content.decode()
    assert AnswerDraft.objects.get(asked__position=1).text == "Fout"


def test_one_answer_is_filled_in_where_nothing_stands(question: PartnerQuestion, dpo: Client) -> None:
    given = {
        "reason-0": AnswerReason.DOSSIER,
        "text-0": GROUND,
        "reason-2": AnswerReason.ERROR,
        "text-2": "Verkeerde persoon gekozen.",
        "step": "fill",
    }
    dpo.post(here(question), given)
    drafts = AnswerDraft.objects.order_by("asked__position").values_list("reason", flat=True)
    assert list(drafts) == [AnswerReason.DOSSIER, AnswerReason.ERROR]


def test_answers_that_are_sent_are_read_by_both_sides_and_changed_by_none(
    question: PartnerQuestion, dpo: Client, client_of: ClientOf
) -> None:
    exchange = question.exchanges.first()
    assert exchange is not None
    sent = dpo.post(here(question), {**both(AnswerReason.UNAUTHORISED), "step": "send"}, follow=True)
    assert "Your answers were sent." in words_of(sent)
    assert "Send all answers" not in words_of(sent)
    assert dpo.post(here(question), {**both(), "step": "send"}).status_code == 409
    for client, address in (
        (dpo, reverse("portal-exchange", args=[exchange.exchange])),
        (client_of("officer"), reverse("exchange", args=[exchange.exchange])),
        (client_of("officer"), reverse("question", args=[question.code])),
    ):
        words = words_of(client.get(address))
        assert "look-up by staff that had no ground" in words
        assert GROUND in words
    own = client_of("vdab-requester").get(reverse("portal-exchange", args=[exchange.exchange]))
    assert GROUND not in words_of(own)


def test_a_colleague_drafts_and_hands_in_and_does_not_send(
    cast: Cast, question: PartnerQuestion, dpo: Client, client_of: ClientOf
) -> None:
    assert dpo.post(here(question, "question-assign"), {"colleague": "vdab-requester"}).status_code == 302
    colleague = client_of("vdab-requester")
    assert "Send all answers" not in words_of(colleague.get(here(question)))
    assert colleague.post(here(question), {**both(), "step": "send"}).status_code == 403
    handed = colleague.post(here(question), {**both(), "step": "hand-in"}, follow=True)
    assert "Handed in." in words_of(handed)
    assert GROUND in dpo.get(here(question)).content.decode()
    assert dpo.post(here(question), {**both(), "step": "send"}).status_code == 302


@pytest.mark.parametrize("named", ["vmsw-requester", "vdab-dpo", "no-such-person"])
def test_nobody_else_is_asked_to_draft(question: PartnerQuestion, dpo: Client, named: str) -> None:
    assert dpo.post(here(question, "question-assign"), {"colleague": named}).status_code == 422


def test_a_document_goes_with_an_answer_and_the_officer_reads_it_once_it_is_sent(
    question: PartnerQuestion, dpo: Client, client_of: ClientOf
) -> None:
    asks = dpo.post(here(question), {**both(), "step": "attach-1"})
    assert asks.headers["Location"] == here(question, "question-attach", 1)
    refused = dpo.post(asks.headers["Location"], {"document": _file("virus.exe", b"MZ")})
    assert "Only PDF, DOCX and ODT are kept." in words_of(refused)
    dpo.post(asks.headers["Location"], {"document": _file("uitleg.pdf", pdf())})
    addresses = [one for one in addresses_in(dpo.get(here(question))) if "/documents/" in one]
    number = addresses[0].rstrip("/").rpartition("/")[2]
    of_officer = reverse("question-document", args=[question.code, number])
    assert dpo.get(addresses[0]).content == pdf()
    assert client_of("officer").get(of_officer).status_code == 404
    dpo.post(here(question), {**both(), "step": "send"})
    assert client_of("officer").get(of_officer).content == pdf()


def test_a_document_is_removed_and_what_is_typed_stays(question: PartnerQuestion, dpo: Client) -> None:
    dpo.post(here(question, "question-attach", 1), {"document": _file("uitleg.pdf", pdf())})
    number = next(one for one in addresses_in(dpo.get(here(question))) if "/documents/" in one).split("/")[-2]
    page = dpo.post(here(question), {**both(), "step": f"remove-{number}"}, follow=True)
    assert "uitleg.pdf" not in page.content.decode()
    assert GROUND in page.content.decode()


def test_what_a_colleague_may_read_ends_with_the_answer(
    cast: Cast, question: PartnerQuestion, dpo: Client, client_of: ClientOf
) -> None:
    assign(question=question, account=cast["vdab-dpo"], colleague=cast["vdab-requester"])
    colleague = client_of("vdab-requester")
    assert question.code in words_of(colleague.get("/portal/questions/"))
    dpo.post(here(question, "question-assign"))
    dpo.post(here(question), {**both(), "step": "send"})
    assert question.code not in words_of(colleague.get("/portal/questions/"))
    assert colleague.get(here(question)).status_code == 404


def _file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)
