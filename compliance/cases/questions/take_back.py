"""Take the drafting of answers back from a colleague."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.cases.questions.move import locked_for, step
from compliance.cases.questions.vocabulary import QuestionAct
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion


@transaction.atomic
def take_back(*, question: PartnerQuestion, account: Account) -> PartnerQuestion:
    """Draft the answers oneself from now on; what the colleague wrote stays. One transaction."""
    present = locked_for(account, question, QuestionAct.TAKE_BACK)
    present.drafter = None
    step(present, act=QuestionAct.TAKE_BACK, actor=account.actor, at=now())
    return present
