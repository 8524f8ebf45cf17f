"""Closed vocabularies of questions to partners. Acts are named as the ledger has them: ``question:asked``."""

from __future__ import annotations

from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class QuestionState(models.TextChoices):
    """For whom a question waits."""

    OPEN = "open", _("waits for the partner")
    WITH_COLLEAGUE = "with-colleague", _("a colleague drafts the answers")
    READY = "ready", _("drafted, waits to be sent")
    ANSWERED = "answered", _("answered")
    WITHDRAWN = "withdrawn", _("question withdrawn")


OPEN_STATES = (QuestionState.OPEN, QuestionState.WITH_COLLEAGUE, QuestionState.READY)
"""Those in which the partner still owes answers."""


class QuestionAct(models.TextChoices):
    """What is done about a question."""

    ASK = "asked", _("asked the question")
    ASSIGN = "assigned", _("asked a colleague to draft the answers")
    TAKE_BACK = "taken-back", _("took the drafting back")
    HAND_IN = "handed-in", _("handed the drafted answers in")
    ANSWER = "answered", _("sent the answers")
    EXTEND = "extended", _("gave more time")
    WITHDRAW = "withdrawn", _("withdrew the question")
    REMIND = "reminded", _("sent a reminder")
    ESCALATE = "escalated", _("told that the term has ended")


class QuestionParty(StrEnum):
    """What somebody is to a question."""

    OFFICER = "officer"
    PARTNER_DPO = "partner-dpo"
    COLLEAGUE = "colleague"
    CLOCK = "clock"


class Moment(models.TextChoices):
    """The moments of a term at which people are told, in their order."""

    NONE = "", _("not yet")
    HALF = "half", _("half of the term has passed")
    NEAR = "near", _("the last working day before the end")
    PASSED = "passed", _("the term has ended")
    AGAIN = "again", _("five working days after the end")


class AnswerReason(models.TextChoices):
    """Why an exchange was done, as the partner says."""

    DOSSIER = "dossier", _("dossier in treatment")
    COLLEAGUE = "colleague", _("stood in for a colleague")
    LEGAL_TASK = "legal-task", _("another task that the law gives")
    SUBJECT = "subject", _("the person concerned asked for it")
    QUALITY = "quality", _("check of quality, or audit")
    AUTOMATIC = "automatic", _("done by a system, on its own")
    TEST = "test", _("technical test")
    ERROR = "error", _("mistake, such as the wrong person")
    UNAUTHORISED = "unauthorised", _("look-up by staff that had no ground")
    NO_EXPLANATION = "no-explanation", _("no explanation found")
    OTHER = "other", _("another reason, told in words")


FAULTS = frozenset({AnswerReason.UNAUTHORISED, AnswerReason.NO_EXPLANATION})
"""Reasons that leave the look-up without a ground."""

DOUBTS = frozenset({AnswerReason.TEST, AnswerReason.ERROR, AnswerReason.OTHER})
"""Reasons that the officer must weigh."""
