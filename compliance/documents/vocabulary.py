"""Closed vocabulary of documents."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ScanState(models.TextChoices):
    """What is known of an attachment's safety."""

    CLEAN = "clean", _("scanned, clean")
    NOT_SCANNED = "not-scanned", _("not scanned: no scanner is set up")
