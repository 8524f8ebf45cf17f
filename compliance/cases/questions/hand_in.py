"""Hand drafted answers in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.cases.questions.complete import complete
from compliance.cases.questions.move import locked_for, step
from compliance.cases.questions.tell import tell_of_step
from compliance.cases.questions.vocabulary import QuestionAct
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion


@transaction.atomic
def hand_in(*, question: PartnerQuestion, account: Account) -> PartnerQuestion:
    """Give the drafts of a colleague to the data protection officer, who sends them. One transaction.

    Raises :class:`InvalidInputError` that says which answers lack what.
    """
    present = locked_for(account, question, QuestionAct.HAND_IN)
    complete(present)
    tell_of_step(step(present, act=QuestionAct.HAND_IN, actor=account.actor, at=now()))
    return present
