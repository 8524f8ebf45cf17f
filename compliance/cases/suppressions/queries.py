"""Adjectives of suppressions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.cases.suppressions.models import Suppression  # noqa: F401


class SuppressionQuerySet(models.QuerySet["Suppression"]):
    """Suppressions."""

    def standing(self, at: datetime) -> Self:
        """Keep what nobody ended and has not run out."""
        return self.filter(ended_at=None, ends_on__gte=at.astimezone(BRUSSELS).date())

    def gone(self, at: datetime) -> Self:
        """Keep what was ended or has run out."""
        return self.exclude(pk__in=self.model.objects.standing(at).values("pk"))
