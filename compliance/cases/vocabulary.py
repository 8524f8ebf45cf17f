"""Closed vocabularies of cases."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseKind(models.TextChoices):
    """What a case is about."""

    LEDGER_DIVERGES = "ledger-diverges", _("the ledger does not verify")
    FLAGGED = "flagged", _("unusual access")
    SAMPLE = "sample", _("a reviewer of a sample saw no reason")
    DETECTOR_FAILS = "detector-fails", _("a detector fails")
    UNSEALED = "unsealed", _("entries wait too long to be sealed")
    BEHIND = "behind", _("a follower of the ledger is behind")


TECHNICAL = frozenset({CaseKind.LEDGER_DIVERGES, CaseKind.DETECTOR_FAILS, CaseKind.UNSEALED, CaseKind.BEHIND})
"""About the service itself, not about what a partner did."""


class CaseState(models.TextChoices):
    """Where a case stands, and so who has to do something."""

    NEW = "new", _("new")
    IN_REVIEW = "in-review", _("in review")
    WAITING_PARTNER = "waiting-partner", _("waiting for the partner")
    WAITING_SECOND = "waiting-second", _("waiting for a second person")
    DECIDED = "decided", _("decided")


class CaseAct(models.TextChoices):
    """What is done with a case. The words are those of its history."""

    OPEN = "opened", _("opened")
    JOIN = "joined", _("findings came to it")
    ASSIGN = "assigned", _("assigned")
    RELEASE = "released", _("given back")
    NOTE = "noted", _("noted")
    ASK = "asked", _("asked the partner")
    HEAR = "heard", _("heard the partner")
    DECIDE = "decided", _("decided")
    PROPOSE = "proposed", _("proposed a decision to a second person")
    CONFIRM = "confirmed", _("confirmed the decision")
    REFUSE = "refused", _("did not confirm the decision")
    REOPEN = "reopened", _("reopened")
    BREACH = "breach", _("worked on the data breach")


class CaseParty(models.TextChoices):
    """What somebody is to a case."""

    OFFICER = "officer", _("privacy officer")
    PARTNER = "partner", _("partner")
    SERVICE = "service", _("the service itself")


class Outcome(models.TextChoices):
    """What was decided."""

    EXPLAINED = "explained", _("explained")
    EXPECTED = "expected", _("expected")
    MISUSE = "misuse", _("misuse confirmed")
    BREACH = "breach", _("data breach")
    PASSED_ON = "passed-on", _("passed on")


CONFIRMING = frozenset({Outcome.MISUSE, Outcome.BREACH, Outcome.PASSED_ON})
"""Outcomes that say that the findings gave reason to act."""
