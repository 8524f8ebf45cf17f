"""Tell the people around a question what happened with it: by its code and the day, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from compliance.access.roles import Capability
from compliance.cases.questions.audience import Audience, people_around
from compliance.cases.questions.vocabulary import QuestionAct
from compliance.kernel.clock import BRUSSELS
from compliance.notices.notify import notify
from compliance.notices.sentences import places_of
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion, QuestionStep
    from compliance.notices.models import Notice

A, K = QuestionAct, NoticeKind
TELLINGS: dict[QuestionAct, tuple[NoticeKind, tuple[Audience, ...]]] = {
    A.ASK: (K.EXCHANGES_QUESTIONED, (Audience.DPOS,)),
    A.ASSIGN: (K.ANSWERS_TO_DRAFT, (Audience.DRAFTER,)),
    A.HAND_IN: (K.ANSWERS_DRAFTED, (Audience.DPOS,)),
    A.ANSWER: (K.EXCHANGES_EXPLAINED, (Audience.OFFICERS,)),
    A.EXTEND: (K.ANSWERS_EXTENDED, (Audience.DPOS, Audience.DRAFTER)),
    A.WITHDRAW: (K.ANSWERS_NOT_NEEDED, (Audience.DPOS,)),
}
"""Whom a step is told to. Taking the drafting back tells nobody; what the clock tells stands in `remind.py`."""


def tell_of_step(step: QuestionStep) -> list[Notice]:
    """Tell of a step whom it concerns, but not who took it; return the notices. In the caller's transaction."""
    kind, audiences = TELLINGS[QuestionAct(step.act)]
    people = [one for one in people_around(step.question, *audiences) if one.username != step.by]
    return tell(step.question, kind, people, key=str(step.pk))


def tell(question: PartnerQuestion, kind: NoticeKind, people: Iterable[Account], *, key: str) -> list[Notice]:
    """Tell people something about a question, each with the address at their own door. In the caller's transaction."""
    words = {
        "code": question.code,
        "organisation": question.organisation.code,
        "day": question.due_at.astimezone(BRUSSELS).date().isoformat(),
    }
    fitting = {place: words[place] for place in places_of(kind)}
    doors: dict[str, list[Account]] = {}
    for person in people:
        doors.setdefault(_address_for(person, question, kind), []).append(person)
    return [
        notice
        for address, those in doors.items()
        for notice in notify(
            recipients=those, kind=kind, key=key, address=address, words=fitting, is_urgent=question.urgent
        )
    ]


def _address_for(person: Account, question: PartnerQuestion, kind: NoticeKind) -> str:
    if kind is K.ANSWERS_OWED:
        return reverse("portal-people")
    return reverse("question" if person.may(Capability.SEE_CASES) else "portal-question", args=[question.code])
