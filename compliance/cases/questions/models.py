"""Questions to partners about exchanges, and the answers. What was asked, done or answered is never altered."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.access.models import Account
from compliance.cases.models import Case
from compliance.cases.questions.queries import QuestionQuerySet
from compliance.cases.questions.vocabulary import AnswerReason, Moment, QuestionAct, QuestionState
from compliance.documents.vocabulary import ScanState
from compliance.registry.models import Organisation


class PartnerQuestion(models.Model):
    """What an officer asks the data protection officer of one partner about some of its exchanges.

    ``drafter`` is the colleague whom that officer asked to draft the answers; ``told`` is the last moment of the
    term at which people were told; ``follows`` is the question of which this one asks on.
    """

    uid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    code = models.CharField(_("code"), max_length=20, unique=True)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="questions", verbose_name=_("organisation")
    )
    case = models.ForeignKey(
        Case, models.PROTECT, null=True, blank=True, related_name="questions", verbose_name=_("case")
    )
    follows = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by", verbose_name=_("asks on after")
    )
    text = models.TextField(_("question"))
    urgent = models.BooleanField(_("urgent"), default=False)
    state = models.CharField(_("state"), max_length=20, choices=QuestionState, default=QuestionState.OPEN)
    state_since = models.DateTimeField(_("since"))
    asked_by = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("asked by"))
    asked_at = models.DateTimeField(_("asked at"))
    due_at = models.DateTimeField(_("to be answered by"))
    drafter = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("drafts the answers")
    )
    told = models.CharField(_("last told"), max_length=10, choices=Moment, blank=True, default=Moment.NONE)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question to a partner")
        verbose_name_plural = _("questions to partners")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["organisation", "-id"], name="question_of_organisation"),
            models.Index(fields=["state", "due_at"], name="question_by_state"),
        ]
        constraints = [
            models.CheckConstraint(
                name="question_with_colleague_has_one",
                condition=~models.Q(state=QuestionState.WITH_COLLEAGUE) | models.Q(drafter__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return the code."""
        return self.code


class QuestionExchange(models.Model):
    """One exchange that a question is about, by its number in the ledger: kept when the exchange itself is let go."""

    question = models.ForeignKey(PartnerQuestion, models.PROTECT, related_name="exchanges")
    position = models.PositiveSmallIntegerField(_("position"))
    exchange = models.UUIDField(_("exchange"), db_index=True)

    class Meta:
        verbose_name = _("exchange of a question")
        verbose_name_plural = _("exchanges of questions")
        ordering = ("question_id", "position")
        constraints = [models.UniqueConstraint(fields=("question", "exchange"), name="exchange_asked_once")]

    def __str__(self) -> str:
        """Return the number of the exchange."""
        return str(self.exchange)


class AnswerDraft(models.Model):
    """What the partner wrote so far about one exchange; gone once it is sent."""

    asked = models.OneToOneField(QuestionExchange, models.CASCADE, primary_key=True, related_name="draft")
    reason = models.CharField(_("reason"), max_length=20, choices=AnswerReason, blank=True)
    text = models.TextField(_("explanation"), blank=True)
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("who"), max_length=150)

    class Meta:
        verbose_name = _("draft of an answer")
        verbose_name_plural = _("drafts of answers")

    def __str__(self) -> str:
        """Return of which exchange."""
        return str(self.asked_id)


class _Said(models.Model):
    """Something that was said or done, by whom and when."""

    at = models.DateTimeField(_("when"))
    by = models.CharField(_("who"), max_length=150)
    organisation = models.CharField(_("of which organisation"), max_length=40, blank=True)

    class Meta:
        abstract = True
        ordering = ("id",)


class ExchangeAnswer(_Said):
    """Why one exchange was done, as the partner answered. It stays with the exchange."""

    asked = models.OneToOneField(QuestionExchange, models.PROTECT, related_name="answer")
    reason = models.CharField(_("reason"), max_length=20, choices=AnswerReason)
    text = models.TextField(_("explanation"), blank=True)

    class Meta(_Said.Meta):
        verbose_name = _("answer about an exchange")
        verbose_name_plural = _("answers about exchanges")

    def __str__(self) -> str:
        """Return the reason."""
        return self.reason


class AnswerDocument(_Said):
    """A document that came with an answer. Its bytes lie outside the web root, under their SHA-256."""

    asked = models.ForeignKey(QuestionExchange, models.PROTECT, related_name="documents")
    name = models.CharField(_("name"), max_length=200)
    media_type = models.CharField(_("kind of document"), max_length=100)
    size = models.PositiveIntegerField(_("size in bytes"))
    digest = models.CharField(_("SHA-256"), max_length=64)
    scan = models.CharField(_("scan"), max_length=12, choices=ScanState)
    removed_at = models.DateTimeField(_("removed at"), null=True, blank=True)
    removed_by = models.CharField(_("removed by"), max_length=150, blank=True)

    class Meta(_Said.Meta):
        verbose_name = _("document of an answer")
        verbose_name_plural = _("documents of answers")

    def __str__(self) -> str:
        """Return which bytes."""
        return self.digest[:12]


class QuestionStep(_Said):
    """One step: what was done, to which state, until when there is time; ``entry`` is its entry in the ledger."""

    question = models.ForeignKey(PartnerQuestion, models.PROTECT, related_name="steps")
    act = models.CharField(_("act"), max_length=20, choices=QuestionAct)
    from_state = models.CharField(_("from"), max_length=20, choices=QuestionState, blank=True)
    to_state = models.CharField(_("to"), max_length=20, choices=QuestionState)
    due_at = models.DateTimeField(_("to be answered by"))
    remark = models.TextField(_("remark"), blank=True)
    entry = models.UUIDField(_("entry of the ledger"))

    class Meta(_Said.Meta):
        verbose_name = _("step of a question")
        verbose_name_plural = _("steps of questions")

    def __str__(self) -> str:
        """Return what was done."""
        return self.act
