"""What a question does to the case that it was asked from: it waits for the partner, and hears the answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cases.move import locked, move, require
from compliance.cases.questions.vocabulary import QuestionState
from compliance.cases.vocabulary import CaseAct, CaseState

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion


def case_waits(question: PartnerQuestion, *, account: Account, at: datetime) -> None:
    """Let the case, where there is one, wait for the partner. In the caller's transaction.

    Raises :class:`compliance.cases.move.NotNowError` for a case that is decided, or waits for a second person.
    """
    if question.case is None:
        return
    case = locked(question.case)
    require(case, act=CaseAct.ASK, account=account)
    told = {"question": question.code}
    move(case, act=CaseAct.ASK, actor=account.actor, at=at, to=CaseState.WAITING_PARTNER, details=told)


def case_goes_on(question: PartnerQuestion, *, account: Account, at: datetime) -> None:
    """Let the case hear the partner, or that it is asked no longer. In the caller's transaction.

    It goes back to review when no other question of it is open; one that does not wait stays where it is.
    """
    if question.case is None:
        return
    case = locked(question.case)
    waits = case.state == CaseState.WAITING_PARTNER
    if question.state == QuestionState.WITHDRAWN and not waits:
        return
    goes_on = waits and not case.questions.open().exists()
    to = CaseState.IN_REVIEW if goes_on else None
    move(case, act=CaseAct.HEAR, actor=account.actor, at=at, to=to, details={"question": question.code})
