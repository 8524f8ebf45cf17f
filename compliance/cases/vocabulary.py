"""Closed vocabularies of cases."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseKind(models.TextChoices):
    """What a case is about."""

    LEDGER_DIVERGES = "ledger-diverges", _("the ledger does not verify")


class CaseState(models.TextChoices):
    """Whether somebody still has to look into it."""

    OPEN = "open", _("open case")
    CLOSED = "closed", _("closed case")
