"""Closed vocabularies of samples."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Judgement(models.TextChoices):
    """What a reviewer found of one exchange, by what is recorded of it."""

    JUSTIFIED = "justified", _("justified")
    UNJUSTIFIED = "unjustified", _("not justified")
    UNKNOWN = "unknown", _("cannot be told from what is recorded")
