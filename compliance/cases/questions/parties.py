"""What a person is to a question, and which questions there are for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.cases.questions.models import PartnerQuestion
from compliance.cases.questions.vocabulary import QuestionParty
from compliance.kernel.errors import NotFoundError

if TYPE_CHECKING:
    from compliance.access.models import Account


def parties_of(account: Account, question: PartnerQuestion) -> frozenset[QuestionParty]:
    """Return what this person is to this question; nothing for a stranger."""
    parties: set[QuestionParty] = set()
    if account.may(Capability.DECIDE_CASES):
        parties.add(QuestionParty.OFFICER)
    if account.organisation_id == question.organisation_id:
        if account.may(Capability.ANSWER_QUESTIONS):
            parties.add(QuestionParty.PARTNER_DPO)
        if account.may(Capability.SEE_OWN_QUESTIONS) and account.pk == question.drafter_id:
            parties.add(QuestionParty.COLLEAGUE)
    return frozenset(parties)


def question_for(account: Account, code: str) -> PartnerQuestion:
    """Return a question that this person may see. Raises :class:`NotFoundError`, also for another partner's."""
    questions = PartnerQuestion.objects.visible_to(account).select_related(
        "organisation", "case", "follows", "asked_by", "drafter"
    )
    found: PartnerQuestion | None = questions.filter(code=code).first()
    if found is None:
        raise NotFoundError
    return found
