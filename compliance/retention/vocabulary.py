"""Closed vocabularies of what is erased and why."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    """On what ground personal data is erased."""

    DATA_SUBJECT_REQUEST = "data-subject-request", _("request of the data subject (GDPR art. 17)")
    RETENTION_ENDED = "retention-ended", _("end of the retention term")
    COURT_ORDER = "court-order", _("order of a court")


class PersonalField(StrEnum):
    """The personal fields that an opening can hold: see docs/decisions/0007-personal-fields.md."""

    SUBJECT = "subject"
    USER = "user"
    DOSSIER = "dossier"
