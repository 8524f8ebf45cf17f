"""Remind of questions: halfway the term, on the last working day before its end, after it, and once more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from compliance.cases.questions.audience import Audience, people_around
from compliance.cases.questions.models import PartnerQuestion
from compliance.cases.questions.move import locked, step
from compliance.cases.questions.tell import tell
from compliance.cases.questions.vocabulary import OPEN_STATES, Moment, QuestionAct
from compliance.kernel.actor import system
from compliance.kernel.clock import BRUSSELS
from compliance.notices.vocabulary import NoticeKind
from compliance.registry.terms import begin_of, end_of_term
from compliance.registry.working_days import working_days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from compliance.notices.models import Notice

CLOCK = system("clock")
DAYS_UNTIL_AGAIN = 5
_LONGEST_PAUSE = timedelta(days=30)
_ORDER = list(Moment)


def remind_of_questions(*, at: datetime) -> list[Notice]:
    """Tell people of every open question whose term reached one of those moments; return the new notices.

    One transaction for each. Safe to repeat, and by two at once: each moment of a term is told once. After a pause
    only the last one is told.
    """
    return [notice for question in PartnerQuestion.objects.open().order_by("id") for notice in _remind(question, at)]


def reached(question: PartnerQuestion, at: datetime) -> Moment:
    """Return the last moment of the term that has come."""
    return max((moment for moment, begins in _moments(question) if at >= begins), key=_ORDER.index, default=Moment.NONE)


def _moments(question: PartnerQuestion) -> Iterator[tuple[Moment, datetime]]:
    due = question.due_at
    last = due.astimezone(BRUSSELS).date()
    yield Moment.HALF, question.asked_at + (due - question.asked_at) / 2
    if before := [day for day in working_days(last - _LONGEST_PAUSE, last) if begin_of(day) > question.asked_at]:
        yield Moment.NEAR, begin_of(before[-1])
    yield Moment.PASSED, due
    yield Moment.AGAIN, end_of_term(due, DAYS_UNTIL_AGAIN)


@transaction.atomic
def _remind(question: PartnerQuestion, at: datetime) -> list[Notice]:
    present = locked(question)
    moment = reached(present, at)
    if present.state not in OPEN_STATES or _ORDER.index(moment) <= _ORDER.index(Moment(present.told)):
        return []
    late = moment in {Moment.PASSED, Moment.AGAIN}
    present.told = moment
    act = QuestionAct.ESCALATE if late else QuestionAct.REMIND
    made = step(present, act=act, actor=CLOCK, at=at, details={"moment": moment.value})
    owing = people_around(present, Audience.DPOS, Audience.DRAFTER)
    key = str(made.pk)
    if not late:
        return tell(present, NoticeKind.ANSWERS_NEAR, owing, key=key)
    return [
        *tell(present, NoticeKind.ANSWERS_LATE, owing, key=key),
        *tell(present, NoticeKind.ANSWERS_MISSING, people_around(present, Audience.OFFICERS), key=key),
        *tell(present, NoticeKind.ANSWERS_OWED, people_around(present, Audience.ADMINISTRATORS), key=key),
    ]
