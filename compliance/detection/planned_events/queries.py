"""Adjectives of planned events."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from compliance.access.roles import Capability
from compliance.detection.planned_events.vocabulary import EventState

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.detection.planned_events.models import PlannedEvent  # noqa: F401


class PlannedEventQuerySet(models.QuerySet["PlannedEvent"]):
    """Planned events."""

    def visible_to(self, account: Account) -> Self:
        """Keep what a person may see: at the keeper all, at a partner its own."""
        if account.may(Capability.SEE_CASES):
            return self.all()
        if account.may(Capability.ANNOUNCE_EVENTS) and account.organisation_id is not None:
            return self.filter(partner_id=account.organisation_id)
        return self.none()

    def accepted(self) -> Self:
        """Keep those that count."""
        return self.filter(state=EventState.ACCEPTED)

    def announced(self) -> Self:
        """Keep those that wait for an officer."""
        return self.filter(state=EventState.ANNOUNCED)

    def between(self, begins: datetime, ends: datetime) -> Self:
        """Keep those of which a part lies in a span."""
        return self.filter(begins__lt=ends, ends__gt=begins)
