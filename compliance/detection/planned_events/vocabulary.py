"""Closed vocabularies of planned events."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class EventKind(models.TextChoices):
    """What is planned."""

    ENROLMENT = "enrolment", _("enrolment period")
    MIGRATION = "migration", _("migration")
    RECONCILIATION = "reconciliation", _("bulk reconciliation")
    MAINTENANCE = "maintenance", _("maintenance")
    OTHER = "other", _("something else")


class EventState(models.TextChoices):
    """Whether it counts."""

    ANNOUNCED = "announced", _("announced, not yet accepted")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("not accepted")
    CANCELLED = "cancelled", _("cancelled")
