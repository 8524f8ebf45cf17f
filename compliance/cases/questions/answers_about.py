"""What partners answered about an exchange: for who reads the exchange, and for the letter to the person concerned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.cases.questions.models import ExchangeAnswer, PartnerQuestion
from compliance.cases.questions.vocabulary import AnswerReason

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from compliance.access.models import Account
    from compliance.cases.questions.queries import QuestionQuerySet


@dataclass(frozen=True, slots=True)
class AnswerAbout:
    """One answer: which partner said when why the exchange was done, to which question."""

    question: str
    organisation: str
    at: datetime
    reason: AnswerReason
    text: str
    documents: tuple[str, ...]


def answers_about(exchange_id: UUID, *, account: Account | None = None) -> list[AnswerAbout]:
    """Return the answers, the oldest first; only those that a person may see, where one is given. Two queries."""
    questions: QuestionQuerySet = PartnerQuestion.objects.all()
    if account is not None:
        questions = questions.visible_to(account)
    found = ExchangeAnswer.objects.filter(asked__exchange=exchange_id, asked__question__in=questions)
    rows = found.select_related("asked__question").prefetch_related("asked__documents").order_by("id")
    return [
        AnswerAbout(
            question=row.asked.question.code,
            organisation=row.organisation,
            at=row.at,
            reason=AnswerReason(row.reason),
            text=row.text,
            documents=tuple(one.name for one in row.asked.documents.all() if one.removed_at is None),
        )
        for row in rows
    ]
