"""Adjectives of data breaches."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from compliance.cases.breaches.models import Breach  # noqa: F401


class BreachQuerySet(models.QuerySet["Breach"]):
    """Data breaches."""

    def running(self) -> Self:
        """Keep those whose clock runs."""
        return self.filter(end="")
