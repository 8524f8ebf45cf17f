"""Closed vocabularies of getting connected."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Step(models.TextChoices):
    """What a partner on its way is working on, in order; the answer to question 321 tells the same path."""

    ANALYSIS = "analysis", _("analysis")
    ACCEPTANCE = "acceptance", _("acceptance environment")
    TESTS_PASSED = "tests-passed", _("tests")
    PRODUCTION = "production", _("production")


class MoveKind(models.TextChoices):
    """What somebody did with a connection."""

    BEGUN = "begun", _("begun")
    ARRANGED = "arranged", _("route, vendor or authorisation changed")
    PLANNED = "planned", _("planned")
    READY = "ready", _("said to be ready")
    CONFIRMED = "confirmed", _("confirmed")
    BACK = "back", _("gone back")


class Side(models.TextChoices):
    """On whose side somebody acts."""

    BANK = "bank", _("the crossroads bank")
    PARTNER = "partner", _("the partner, or the vendor that works for it")


class Check(models.TextChoices):
    """What a partner's system has to show in self-tests, before its tests can be called passed."""

    COVERED = "covered", _("an exchange that is covered")
    OUTSIDE = "outside", _("an exchange outside the authorisation, which is recorded and marked")
    REFUSED = "refused", _("an exchange that was refused")
    NO_DATA = "no-data", _("an exchange that found no data")
    CORRECTION = "correction", _("a correction of an earlier report")
    BULK = "bulk", _("a hundred reports at once")
    RETRY = "retry", _("the same report again, recognised as the same")
