"""The questions that the partner was asked in a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.cases.questions.models import PartnerQuestion
from compliance.console.presenters import words
from compliance.console.presenters.question_list import present_question_state, present_term

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.models import Case
    from compliance.console.door import Door
    from compliance.console.presenters.badge import Badge


@dataclass(frozen=True, slots=True)
class AskedLine:
    """One question."""

    code: str
    address: str
    text: str
    state: Badge
    due: Badge | None
    asked: str


def present_asked_in(case: Case, account: Account, *, at: datetime, door: Door) -> tuple[AskedLine, ...]:
    """Put the questions of a case into words, the newest first. One query."""
    questions = PartnerQuestion.objects.visible_to(account).filter(case=case).order_by("-id")
    return tuple(
        AskedLine(
            code=one.code,
            address=door.address("question", one.code),
            text=one.text,
            state=present_question_state(one, door=door),
            due=present_term(one, at),
            asked=words.day(words.local_day(one.asked_at)),
        )
        for one in questions
    )
