"""Put a case into somebody's hands, or give it back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.access.roles import Capability
from compliance.cases.move import locked, move, require
from compliance.cases.tell import tell
from compliance.cases.vocabulary import CaseAct, CaseState
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.models import Case


@transaction.atomic
def assign(*, case: Case, account: Account, to: Account) -> Case:
    """Assign a case to an officer, oneself or another, who is told. One transaction.

    Raises :class:`InvalidInputError` for somebody who decides no cases. Whose it is already stays so, without a step.
    """
    case = locked(case)
    require(case, act=CaseAct.ASSIGN, account=account)
    if not to.may(Capability.DECIDE_CASES):
        told = "Choose somebody who decides cases."
        raise InvalidInputError(errors=(FieldError("/assignee", told, "not-an-officer"),))
    if case.assignee_id == to.pk:
        return case
    case.assignee = to
    state = CaseState.IN_REVIEW if case.state == CaseState.NEW else None
    event = move(case, act=CaseAct.ASSIGN, actor=account.actor, at=now(), to=state, details={"to": to.username})
    if to.pk != account.pk:
        tell(case, NoticeKind.CASE_ASSIGNED, [to], key=str(event.pk), by=account.username)
    return case


def take(*, case: Case, account: Account) -> Case:
    """Assign a case to oneself. One transaction."""
    return assign(case=case, account=account, to=account)


@transaction.atomic
def release(*, case: Case, account: Account) -> Case:
    """Give a case back to all: it is new again, unless it waits for somebody else. One transaction."""
    case = locked(case)
    require(case, act=CaseAct.RELEASE, account=account)
    case.assignee = None
    state = CaseState.NEW if case.state == CaseState.IN_REVIEW else None
    move(case, act=CaseAct.RELEASE, actor=account.actor, at=now(), to=state)
    return case
