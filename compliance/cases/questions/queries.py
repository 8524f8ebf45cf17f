"""Questions as the law of access reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

from compliance.access.roles import Capability
from compliance.cases.questions.vocabulary import OPEN_STATES, QuestionState

if TYPE_CHECKING:
    from datetime import datetime
    from typing import Self
    from uuid import UUID

    from compliance.access.models import Account
    from compliance.cases.questions.models import PartnerQuestion  # noqa: F401


class QuestionQuerySet(models.QuerySet["PartnerQuestion"]):
    """Questions to partners."""

    def visible_to(self, account: Account) -> Self:
        """Keep what a person may see.

        At the keeper all; at a partner its data protection officer all of its own, and a colleague who was asked to
        draft answers that one question, until it is answered.
        """
        if account.may(Capability.SEE_CASES):
            return self.all()
        if account.organisation_id is None or not account.may(Capability.SEE_OWN_QUESTIONS):
            return self.none()
        own = self.filter(organisation_id=account.organisation_id)
        if account.may(Capability.ANSWER_QUESTIONS):
            return own
        return own.filter(drafter=account, state__in=(QuestionState.WITH_COLLEAGUE, QuestionState.READY))

    def open(self) -> Self:
        """Keep those to which the partner still owes answers."""
        return self.filter(state__in=OPEN_STATES)

    def answered(self) -> Self:
        """Keep those that were answered."""
        return self.filter(state=QuestionState.ANSWERED)

    def overdue(self, at: datetime) -> Self:
        """Keep the open ones whose term has ended."""
        return self.open().filter(due_at__lt=at)

    def about(self, exchange_id: UUID) -> Self:
        """Keep those about one exchange."""
        return self.filter(exchanges__exchange=exchange_id)
