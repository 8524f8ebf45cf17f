"""What other systems can be told of."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class WebhookEvent(models.TextChoices):
    """An event, named as the Standard Webhooks specification recommends."""

    CASE_OPENED = "case.opened", _("a case was opened")
    CASE_DECIDED = "case.decided", _("a case was decided")
    BREACH_STARTED = "breach.started", _("the clock of a data breach began")
    QUESTION_ASKED = "question.asked", _("a partner was asked")
    QUESTION_ANSWERED = "question.answered", _("a partner answered")
    QUESTION_LATE = "question.late", _("a partner did not answer in time")
