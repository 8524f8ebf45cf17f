"""Adjectives of exchanges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from compliance.exchanges.vocabulary import Environment
from compliance.kernel.record_id import first_at

if TYPE_CHECKING:
    from datetime import datetime
    from uuid import UUID

    from compliance.exchanges.models import Exchange  # noqa: F401


class ExchangeQuerySet(models.QuerySet["Exchange"]):
    """Exchanges, narrowed in words. Periods go by identifier, so that other months are not touched."""

    def started_from(self, moment: datetime) -> Self:
        """Keep exchanges that started at or after a whole millisecond."""
        return self.filter(id__gte=first_at(moment))

    def started_before(self, moment: datetime) -> Self:
        """Keep exchanges that started before a whole millisecond."""
        return self.filter(id__lt=first_at(moment))

    def of_partner(self, code: str) -> Self:
        """Keep exchanges in which this organisation is the partner."""
        return self.filter(partner=code)

    def not_covered(self) -> Self:
        """Keep exchanges for which no authorisation stood."""
        return self.exclude(verdict="covered")

    def in_production(self) -> Self:
        """Keep what ran in production: what counts, and what a list shows unless another environment is asked for."""
        return self.filter(environment=Environment.PRODUCTION)

    def newest_first(self) -> Self:
        """Order by start, newest first."""
        return self.order_by("-id")

    def after(self, cursor: UUID) -> Self:
        """Keep what follows a cursor when the newest comes first."""
        return self.filter(id__lt=cursor)
