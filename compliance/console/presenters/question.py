"""One question to a partner as a page: what was asked, about which exchanges, what was answered, and every step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.cases.questions.vocabulary import DOUBTS, FAULTS, AnswerReason, QuestionAct
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge, present_outcome, present_verdict
from compliance.console.presenters.question_list import present_question_state, present_term
from compliance.console.presenters.request_thread import who_wrote
from compliance.exchanges.models import Exchange
from compliance.ledger.logs import LogNumber

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime
    from uuid import UUID

    from compliance.cases.questions.models import (
        AnswerDocument,
        ExchangeAnswer,
        PartnerQuestion,
        QuestionExchange,
        QuestionStep,
    )
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names


@dataclass(frozen=True, slots=True)
class AskedExchange:
    """What is known of an exchange that a question is about, without any person."""

    number: int
    address: str
    moment: str
    at: str
    what: str
    purpose: str
    outcome: Badge | None
    verdict: Badge | None
    gone: str


@dataclass(frozen=True, slots=True)
class PresentedDocument:
    """A document of an answer."""

    name: str
    address: str
    remove: str


@dataclass(frozen=True, slots=True)
class PresentedAnswer:
    """What was answered about one exchange."""

    reason: Badge
    text: str


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One exchange, its answer and documents."""

    asked: AskedExchange
    answer: PresentedAnswer | None
    documents: tuple[PresentedDocument, ...]


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of the way."""

    act: str
    who: str
    moment: str
    at: str
    remark: str
    entry: str


@dataclass(frozen=True, slots=True)
class Related:
    """The question before or after this one."""

    words: str
    address: str
    code: str


@dataclass(frozen=True, slots=True)
class QuestionStory:
    """What the templates of one question need."""

    code: str
    back: str
    address: str
    partner: str
    case: str
    case_address: str
    asked: str
    text: str
    state: Badge
    due: Badge | None
    drafter: str
    summary: tuple[Badge, ...]
    lines: tuple[QuestionLine, ...]
    steps: tuple[StepLine, ...]
    related: tuple[Related, ...]


def present_question(question: PartnerQuestion, *, at: datetime, names: Names, door: Door) -> QuestionStory:
    """Put a question into words. Six queries, however many exchanges."""
    rows = list(question.exchanges.select_related("answer").prefetch_related("documents"))
    known = known_exchanges([row.exchange for row in rows])
    lines = tuple(_line(row, question, known, names, door) for row in rows)
    return QuestionStory(
        code=question.code,
        back=door.address("questions"),
        address=door.address("question", question.code),
        partner=names.organisation(question.organisation.code),
        case=question.case.code if question.case and not door.prefix else "",
        case_address=door.address("case", question.case.code) if question.case and not door.prefix else "",
        asked=_("Asked by the privacy officer on %(day)s") % {"day": words.day(words.local_day(question.asked_at))},
        text=question.text,
        state=present_question_state(question, door=door),
        due=present_term(question, at),
        drafter=question.drafter.username if question.drafter else "",
        summary=_summary(rows),
        lines=lines,
        steps=tuple(_step(one, names) for one in question.steps.order_by("-id")),
        related=tuple(_related(question, door)),
    )


def present_asked(
    exchange: UUID, *, number: int, known: Mapping[UUID, Exchange], names: Names, door: Door
) -> AskedExchange:
    """Put what is known of an exchange into words; one that was let go says so."""
    found = known.get(exchange)
    if found is None:
        gone = _("This exchange is no longer on record: its term of keeping has ended.")
        return AskedExchange(number, "", "", "", str(exchange), "", None, None, gone)
    return AskedExchange(
        number=number,
        address=door.address("exchange", exchange),
        moment=words.moment(found.started_at),
        at=found.started_at.isoformat(),
        what=names.service(found.service),
        purpose=names.purpose(found.purpose),
        outcome=present_outcome(found.outcome),
        verdict=present_verdict(found.verdict),
        gone="",
    )


def present_reason(reason: str) -> Badge:
    """Say a reason of the list, with what it means for the officer."""
    known = AnswerReason(reason)
    return Badge(str(known.label), "bad" if known in FAULTS else "care" if known in DOUBTS else "good")


def known_exchanges(exchanges: Iterable[UUID]) -> dict[UUID, Exchange]:
    """Return those that are on record, by their numbers. One query."""
    found = Exchange.objects.filter(log=LogNumber.EXCHANGES, id__in=list(exchanges))
    return {one.id: one for one in found}


def _line(
    row: QuestionExchange, question: PartnerQuestion, known: Mapping[UUID, Exchange], names: Names, door: Door
) -> QuestionLine:
    answer: ExchangeAnswer | None = getattr(row, "answer", None)
    return QuestionLine(
        asked=present_asked(row.exchange, number=row.position, known=known, names=names, door=door),
        answer=PresentedAnswer(present_reason(answer.reason), answer.text) if answer else None,
        documents=tuple(_document(one, question, door) for one in row.documents.all() if one.removed_at is None),
    )


def _document(document: AnswerDocument, question: PartnerQuestion, door: Door) -> PresentedDocument:
    address = door.address("question-document", question.code, document.pk)
    return PresentedDocument(document.name, address, f"remove-{document.pk}")


def _summary(rows: list[QuestionExchange]) -> tuple[Badge, ...]:
    """Count the answers by their reason, the gravest first."""
    given = [row.answer.reason for row in rows if hasattr(row, "answer")]
    counted = {reason: given.count(reason) for reason in AnswerReason if reason in given}
    order = sorted(counted, key=lambda one: (one not in FAULTS, one not in DOUBTS))
    return tuple(
        Badge(f"{words.figure(counted[reason])}: {reason.label}", present_reason(reason).tone) for reason in order
    )


def _step(step: QuestionStep, names: Names) -> StepLine:
    told = words.sentence(str(QuestionAct(step.act).label))
    if step.act in {QuestionAct.ASK, QuestionAct.EXTEND}:
        day = words.day(words.local_day(step.due_at))
        told = _("%(act)s, to be answered by %(day)s") % {"act": told, "day": day}
    return StepLine(
        act=told,
        who=who_wrote(step.by, step.organisation, names),
        moment=words.moment(step.at),
        at=step.at.isoformat(),
        remark=step.remark,
        entry=str(step.entry),
    )


def _related(question: PartnerQuestion, door: Door) -> list[Related]:
    found = []
    if question.follows is not None:
        found.append((_("Asks on after"), question.follows.code))
    found += [(_("Asked on in"), one.code) for one in question.followed_by.order_by("id")]
    return [Related(told, door.address("question", code), code) for told, code in found]
