"""Closed vocabularies of tuning."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeState(models.TextChoices):
    """How far a change of a detector is."""

    PROPOSED = "proposed", _("proposed")
    WAITING = "waiting", _("waits for its trial")
    TRIED = "tried", _("tried")
    FAILED = "failed", _("the trial failed")
    IN_FORCE = "in-force", _("in force")
    REFUSED = "refused", _("refused")
    REPLACED = "replaced", _("replaced")
