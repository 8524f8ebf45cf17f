"""Let a colleague of the partner draft the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.access.models import Account
from compliance.access.roles import CAPABILITIES, Capability
from compliance.cases.questions.move import locked_for, step
from compliance.cases.questions.tell import tell_of_step
from compliance.cases.questions.vocabulary import QuestionAct
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from compliance.cases.questions.models import PartnerQuestion


@transaction.atomic
def assign(*, question: PartnerQuestion, account: Account, colleague: Account) -> PartnerQuestion:
    """Let a colleague read the question and draft the answers; whoever assigns sends them. One transaction.

    Raises :class:`InvalidInputError` for somebody who is no colleague.
    """
    present = locked_for(account, question, QuestionAct.ASSIGN)
    if not colleagues_for(present, account).filter(pk=colleague.pk).exists():
        told = _("Choose a colleague of your own organisation who has an account here.")
        raise InvalidInputError(errors=(FieldError("/colleague", told, "not-a-colleague"),))
    present.drafter = colleague
    made = step(
        present, act=QuestionAct.ASSIGN, actor=account.actor, at=now(), details={"colleague": colleague.username}
    )
    tell_of_step(made)
    return present


def colleagues_for(question: PartnerQuestion, account: Account) -> QuerySet[Account]:
    """Return who may be asked to draft: people of the partner who can see questions, but for the one who asks."""
    roles = [role for role, allowed in CAPABILITIES.items() if Capability.SEE_OWN_QUESTIONS in allowed]
    people = Account.objects.filter(is_active=True, organisation=question.organisation_id, role__in=roles)
    return people.exclude(pk=account.pk).order_by("username")
