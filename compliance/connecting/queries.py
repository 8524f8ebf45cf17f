"""Adjectives of connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from compliance.connecting.models import Connection  # noqa: F401


class ConnectionQuerySet(models.QuerySet["Connection"]):
    """Connections."""

    def told(self) -> Self:
        """Read everything that a board tells with them."""
        return self.select_related("organisation", "route", "vendor").prefetch_related("steps__responsible")

    def of_any(self, codes: Collection[str]) -> Self:
        """Keep the connections of these organisations."""
        return self.filter(organisation__code__in=codes)

    def on_the_way(self) -> Self:
        """Keep those that are not in production yet."""
        return self.filter(connected_on=None)

    def connected(self) -> Self:
        """Keep those in production."""
        return self.exclude(connected_on=None)

    def late(self, today: date) -> Self:
        """Keep those whose present step was planned for an earlier day than today."""
        return self.on_the_way().filter(steps__step=models.F("step"), steps__planned_on__lt=today)
