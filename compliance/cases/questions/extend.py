"""Give a partner more time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.cases.questions.move import locked_for, step
from compliance.cases.questions.said import stated
from compliance.cases.questions.tell import tell_of_step
from compliance.cases.questions.vocabulary import Moment, QuestionAct
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.registry.terms import end_of

if TYPE_CHECKING:
    from datetime import date

    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion

LONGEST_EXTENSION = 90
"""Days from today."""


@transaction.atomic
def extend(*, question: PartnerQuestion, account: Account, until: date, reason: str) -> PartnerQuestion:
    """Let the term end on a later day, and begin its reminders anew. One transaction.

    Raises :class:`InvalidInputError` for a day that is not later, or far away, and for a reason that says nothing.
    """
    present, at = locked_for(account, question, QuestionAct.EXTEND), now()
    today, last = at.astimezone(BRUSSELS).date(), present.due_at.astimezone(BRUSSELS).date()
    if not max(today, last) < until or (until - today).days > LONGEST_EXTENSION:
        told = _("Choose a day after the present term, and at most %(count)s days from now.")
        detail = told % {"count": LONGEST_EXTENSION}
        raise InvalidInputError(errors=(FieldError("/until", detail, "not-later"),))
    remark = stated(reason, field="reason")
    present.due_at, present.told = end_of(until), Moment.NONE
    tell_of_step(step(present, act=QuestionAct.EXTEND, actor=account.actor, at=at, remark=remark))
    return present
