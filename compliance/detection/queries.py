"""Adjectives of findings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from compliance.detection.vocabulary import FindingState

if TYPE_CHECKING:
    from datetime import date, datetime

    from compliance.detection.models import Finding  # noqa: F401

ATTACHED = (FindingState.RAISED,)


class FindingQuerySet(models.QuerySet["Finding"]):
    """Findings, narrowed in words."""

    def standing(self) -> Self:
        """Keep what still comes out of the windows, or is part of a case; trials are left out."""
        return self.exclude(state__in=(FindingState.GONE, FindingState.TRIED))

    def unattached(self) -> Self:
        """Keep what no case holds."""
        return self.exclude(state__in=ATTACHED)

    def of_day(self, day: date) -> Self:
        """Keep what came out of the window of a day."""
        return self.filter(days__contains=[day])

    def found_before(self, moment: datetime) -> Self:
        """Keep what was found before a moment, whenever it happened."""
        return self.filter(found_at__lt=moment)
