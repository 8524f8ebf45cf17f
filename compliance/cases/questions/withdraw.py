"""Ask a partner no longer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.cases.questions.case_follows import case_goes_on
from compliance.cases.questions.move import locked_for, step
from compliance.cases.questions.said import stated
from compliance.cases.questions.tell import tell_of_step
from compliance.cases.questions.vocabulary import QuestionAct
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion


@transaction.atomic
def withdraw(*, question: PartnerQuestion, account: Account, reason: str) -> PartnerQuestion:
    """Ask no longer; that it was asked stays. One transaction."""
    present, at = locked_for(account, question, QuestionAct.WITHDRAW), now()
    remark = stated(reason, field="reason")
    tell_of_step(step(present, act=QuestionAct.WITHDRAW, actor=account.actor, at=at, remark=remark))
    case_goes_on(present, account=account, at=at)
    return present
