"""A partner is asked why exchanges were done, and what it answers stays with them."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from compliance.cases.questions.answer import answer
from compliance.cases.questions.answers_about import answers_about
from compliance.cases.questions.ask import MOST, ask
from compliance.cases.questions.assign import assign
from compliance.cases.questions.attach import attach
from compliance.cases.questions.extend import extend
from compliance.cases.questions.hand_in import hand_in
from compliance.cases.questions.models import AnswerDraft, ExchangeAnswer, PartnerQuestion, QuestionStep
from compliance.cases.questions.move import NotNowError
from compliance.cases.questions.parties import question_for
from compliance.cases.questions.remove_document import remove_document
from compliance.cases.questions.save_drafts import Drafted, save_drafts
from compliance.cases.questions.take_back import take_back
from compliance.cases.questions.vocabulary import AnswerReason, QuestionState
from compliance.cases.questions.withdraw import withdraw
from compliance.documents import store
from compliance.documents.refused import DocumentRefusedError
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.errors import ForbiddenError, InvalidInputError, NotFoundError
from compliance.notices.models import Notice
from compliance.notices.send_mails import send_mails
from compliance.notices.vocabulary import NoticeKind
from compliance.oversight.models import Act
from compliance.registry.terms import end_of_term
from tests.cases.questions.asking import GROUND, TEXT, answered, asked, drafted
from tests.console.exchanges import INSZ, VMSW, recorded, recorded_many
from tests.documents.papers import pdf

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

    from compliance.access.models import Account

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings: Settings, tmp_path: Path) -> None:
    settings.ATTACHMENTS_DIR = tmp_path / "attachments"
    settings.CLAMAV_SOCKET = None


def kinds_told(account: Account) -> list[str]:
    return list(Notice.objects.of(account).order_by("id").values_list("kind", flat=True))


def pointers(error: pytest.ExceptionInfo[InvalidInputError]) -> list[str]:
    return [one.pointer for one in error.value.errors]


def test_a_question_reaches_the_partners_data_protection_officer_and_nobody_else(cast: Cast) -> None:
    question = asked(cast)
    assert kinds_told(cast["vdab-dpo"]) == [NoticeKind.EXCHANGES_QUESTIONED]
    assert Notice.objects.exclude(recipient=cast["vdab-dpo"]).count() == 0
    assert question_for(cast["vdab-dpo"], question.code) == question


@pytest.mark.parametrize("username", ["vdab-requester", "vmsw-requester", "operator", "nobody"])
def test_a_question_is_not_there_for_whom_it_is_not(cast: Cast, username: str) -> None:
    question = asked(cast)
    with pytest.raises(NotFoundError):
        question_for(cast[username], question.code)
    assert not PartnerQuestion.objects.visible_to(cast[username]).exists()


def test_the_mail_holds_the_code_and_the_address_and_nothing_about_anybody(cast: Cast) -> None:
    dpo = cast["vdab-dpo"]
    dpo.email = "dpo@vdab.example"
    dpo.save()
    question = asked(cast)
    assert send_mails(at=now()) == 1
    body = str(mail.outbox[0].body)
    assert question.code in body
    assert f"/portal/questions/{question.code}/" in body
    for told in (TEXT, INSZ, "officer@", *(str(one.exchange) for one in question.exchanges.all())):
        assert told not in body


def test_the_term_is_ten_working_days_and_two_when_it_is_urgent(cast: Cast) -> None:
    exchanges = recorded_many(1)
    calm, urgent = asked(cast, exchanges=exchanges), asked(cast, exchanges=exchanges, urgent=True)
    assert calm.due_at == end_of_term(calm.asked_at, 10)
    assert urgent.due_at == end_of_term(urgent.asked_at, 2)


def test_only_who_decides_asks(cast: Cast) -> None:
    exchanges = recorded_many(1)
    for username in ("auditor", "operator", "vdab-dpo", "nobody"):
        with pytest.raises(ForbiddenError):
            ask(account=cast[username], exchanges=exchanges, text=TEXT)


def test_a_question_is_about_exchanges_of_one_partner_that_are_on_record(cast: Cast) -> None:
    of_vdab, of_vmsw = recorded(), recorded(**VMSW)
    for chosen in ([], [of_vdab, of_vmsw], [of_vdab, uuid4()], [uuid4() for _ in range(MOST + 1)]):
        with pytest.raises(InvalidInputError) as refused:
            ask(account=cast["officer"], exchanges=chosen, text=TEXT)
        assert pointers(refused) == ["/exchanges"]
    assert not PartnerQuestion.objects.exists()


def test_a_partner_without_anybody_who_can_answer_is_not_asked_in_vain(cast: Cast) -> None:
    with pytest.raises(InvalidInputError) as refused:
        ask(account=cast["officer"], exchanges=[recorded(**VMSW)], text=TEXT)
    assert refused.value.errors[0].code == "nobody-to-ask"


def test_a_question_holds_no_national_number(cast: Cast) -> None:
    with pytest.raises(InvalidInputError) as refused:
        ask(account=cast["officer"], exchanges=[recorded()], text=f"Waarom werd {INSZ} opgezocht?")
    assert pointers(refused) == ["/text"]


def test_answers_are_sent_all_at_once_and_say_what_they_lack(cast: Cast) -> None:
    question, dpo = asked(cast, exchanges=recorded_many(3)), cast["vdab-dpo"]
    save_drafts(
        question=question,
        account=dpo,
        drafts={1: Drafted(AnswerReason.DOSSIER, GROUND), 2: Drafted(AnswerReason.ERROR, "Fout")},
    )
    with pytest.raises(InvalidInputError) as refused:
        answer(question=question, account=dpo)
    assert pointers(refused) == ["/text-2", "/reason-3"]
    assert not ExchangeAnswer.objects.exists()
    assert AnswerDraft.objects.count() == 2


def test_an_answer_stays_with_the_exchange_for_the_officer_and_that_partner_alone(cast: Cast) -> None:
    exchange = recorded()
    question = answered(cast, exchanges=[exchange], reason=AnswerReason.UNAUTHORISED)
    for reader in (None, cast["officer"], cast["auditor"], cast["vdab-dpo"]):
        told = answers_about(exchange, account=reader)
        assert [(one.question, one.reason, one.text) for one in told] == [
            (question.code, AnswerReason.UNAUTHORISED, GROUND)
        ]
    for stranger in ("vmsw-requester", "vdab-requester", "operator", "nobody"):
        assert not answers_about(exchange, account=cast[stranger])


def test_what_was_answered_cannot_be_answered_again_or_altered(cast: Cast) -> None:
    question = answered(cast)
    assert question.state == QuestionState.ANSWERED
    assert not AnswerDraft.objects.exists()
    with pytest.raises(NotNowError):
        answer(question=question, account=cast["vdab-dpo"])
    with pytest.raises(NotNowError):
        drafted(question, cast["vdab-dpo"])
    for table in (ExchangeAnswer, QuestionStep):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.update(by="nobody")
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.all().delete()


def test_the_officer_who_asked_is_told_of_the_answer(cast: Cast) -> None:
    answered(cast)
    assert kinds_told(cast["officer"]) == [NoticeKind.EXCHANGES_EXPLAINED]
    assert kinds_told(cast["second-officer"]) == []


def test_each_step_is_an_entry_of_the_ledger_without_what_was_said(cast: Cast) -> None:
    question = answered(cast)
    steps = list(QuestionStep.objects.order_by("id"))
    assert [one.act for one in steps] == ["asked", "answered"]
    acts = {act.id: act for act in Act.objects.filter(object_id=question.uid)}
    assert [acts[one.entry].kind for one in steps] == ["question:asked", "question:answered"]


def test_a_colleague_drafts_and_the_data_protection_officer_sends(cast: Cast) -> None:
    question, dpo, colleague = asked(cast), cast["vdab-dpo"], cast["vdab-requester"]
    assign(question=question, account=dpo, colleague=colleague)
    assert kinds_told(colleague) == [NoticeKind.ANSWERS_TO_DRAFT]
    with pytest.raises(NotNowError):
        drafted(question, dpo)
    with pytest.raises(InvalidInputError):
        hand_in(question=question, account=colleague)
    drafted(question, colleague)
    with pytest.raises(ForbiddenError):
        answer(question=question, account=colleague)
    hand_in(question=question, account=colleague)
    assert kinds_told(dpo)[-1] == NoticeKind.ANSWERS_DRAFTED
    answer(question=question, account=dpo)
    with pytest.raises(NotFoundError):
        question_for(colleague, question.code)


def test_what_a_colleague_wrote_stays_when_the_drafting_is_taken_back(cast: Cast) -> None:
    question, dpo, colleague = asked(cast), cast["vdab-dpo"], cast["vdab-requester"]
    assign(question=question, account=dpo, colleague=colleague)
    drafted(question, colleague)
    take_back(question=question, account=dpo)
    with pytest.raises(NotFoundError):
        question_for(colleague, question.code)
    assert answer(question=question, account=dpo).state == QuestionState.ANSWERED


@pytest.mark.parametrize("username", ["vmsw-requester", "vdab-dpo", "officer", "nobody"])
def test_only_a_colleague_of_the_partner_is_asked_to_draft(cast: Cast, username: str) -> None:
    question = asked(cast)
    with pytest.raises(InvalidInputError):
        assign(question=question, account=cast["vdab-dpo"], colleague=cast[username])


def test_more_time_is_given_with_a_reason_and_begins_the_reminders_anew(cast: Cast) -> None:
    question = asked(cast)
    last = question.due_at.astimezone(BRUSSELS).date()
    with pytest.raises(InvalidInputError) as refused:
        extend(question=question, account=cast["officer"], until=last, reason="De consulent is ziek.")
    assert pointers(refused) == ["/until"]
    later = end_of_term(question.asked_at, 15).astimezone(BRUSSELS).date()
    longer = extend(question=question, account=cast["officer"], until=later, reason="De consulent is ziek.")
    assert longer.due_at.astimezone(BRUSSELS).date() == later
    assert kinds_told(cast["vdab-dpo"])[-1] == NoticeKind.ANSWERS_EXTENDED


def test_a_withdrawn_question_asks_nothing_any_more(cast: Cast) -> None:
    question = asked(cast)
    withdraw(question=question, account=cast["officer"], reason="De vraag ging naar de verkeerde partner.")
    assert kinds_told(cast["vdab-dpo"])[-1] == NoticeKind.ANSWERS_NOT_NEEDED
    with pytest.raises(NotNowError):
        drafted(question, cast["vdab-dpo"])


def test_one_asks_on_after_an_answer_and_not_before(cast: Cast) -> None:
    exchanges = recorded_many(1)
    first = asked(cast, exchanges=exchanges)
    with pytest.raises(NotNowError):
        asked(cast, exchanges=exchanges, follows=first)
    drafted(first, cast["vdab-dpo"])
    answer(question=first, account=cast["vdab-dpo"])
    second = asked(cast, exchanges=exchanges, follows=first)
    assert (second.follows, second.state) == (first, QuestionState.OPEN)
    assert len(answers_about(exchanges[0])) == 1


def test_a_document_says_it_instead_of_words(cast: Cast) -> None:
    question, dpo = asked(cast, exchanges=recorded_many(1)), cast["vdab-dpo"]
    save_drafts(question=question, account=dpo, drafts={1: Drafted(AnswerReason.LEGAL_TASK, "")})
    with pytest.raises(DocumentRefusedError):
        attach(question=question, account=dpo, position=1, name="uitleg.pdf", content=b"MZ")
    made = attach(question=question, account=dpo, position=1, name="uitleg.pdf", content=pdf())
    answer(question=question, account=dpo)
    assert answers_about(made.asked.exchange)[0].documents == ("uitleg.pdf",)
    assert store.read(made.digest, owner=question.uid) == pdf()
    with pytest.raises(NotNowError):
        remove_document(question=question, account=dpo, document_id=made.pk)


def test_a_document_that_is_removed_before_sending_goes_altogether(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    question, dpo = asked(cast), cast["vdab-dpo"]
    made = attach(question=question, account=dpo, position=1, name="uitleg.pdf", content=pdf())
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(question=question, account=dpo, document_id=made.pk)
    with pytest.raises(store.DamagedDocumentError):
        store.read(made.digest, owner=question.uid)
