"""Cases as people look for them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F

from compliance.access.roles import Capability
from compliance.cases.vocabulary import TECHNICAL, CaseState

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.models import Case  # noqa: F401


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases. Whoever reads, reads what is :meth:`visible_to` oneself."""

    def visible_to(self, account: Account) -> Self:
        """Keep what a person may see: officers and auditors all, operators what is about the service itself."""
        if account.may(Capability.SEE_CASES):
            return self.all()
        if account.may(Capability.SEE_OPERATIONS):
            return self.filter(kind__in=TECHNICAL)
        return self.none()

    def open(self) -> Self:
        """Keep what is not decided."""
        return self.exclude(state=CaseState.DECIDED)

    def decided(self) -> Self:
        """Keep what is decided."""
        return self.filter(state=CaseState.DECIDED)

    def new(self) -> Self:
        """Keep what nobody took yet."""
        return self.filter(state=CaseState.NEW)

    def mine(self, account: Account) -> Self:
        """Keep what is assigned to a person and not decided."""
        return self.open().filter(assignee=account)

    def waiting_for_partner(self) -> Self:
        """Keep what waits for a partner's answer."""
        return self.filter(state=CaseState.WAITING_PARTNER)

    def waiting_for_second(self, account: Account | None = None) -> Self:
        """Keep what waits for a second person; of one person, what this person may confirm."""
        waiting = self.filter(state=CaseState.WAITING_SECOND)
        return waiting if account is None else waiting.exclude(proposed_by=account.username)

    def due(self, at: datetime) -> Self:
        """Keep what is not decided and is due before a moment."""
        return self.open().filter(due_at__lte=at)

    def flagged(self) -> Self:
        """Leave out what is about the service itself."""
        return self.exclude(kind__in=TECHNICAL)

    def by_risk(self) -> Self:
        """Order by severity, then by what is due first."""
        return self.order_by(F("severity").desc(), "due_at", "id")
