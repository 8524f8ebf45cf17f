"""Closed vocabularies of data breaches."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class BreachEnd(models.TextChoices):
    """How the clock stopped."""

    NOTIFIED = "notified", _("notified")
    NOT_NEEDED = "not-needed", _("no notification needed")
    NO_BREACH = "no-breach", _("no data breach after all")


class Authority(models.TextChoices):
    """Whom a breach is notified to."""

    VTC = "vtc", _("Flemish Supervisory Committee (VTC)")
    GBA = "gba", _("Data Protection Authority (GBA)")
