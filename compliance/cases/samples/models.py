"""Samples: exchanges drawn at random each month, and what reviewers found of them."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.access.models import Account
from compliance.cases.samples.vocabulary import Judgement


class SampleDraw(models.Model):
    """The sample of a month, given by its first day.

    It is announced first: the first head of the ledger that is sealed from ``head_from`` on fixes the seed. What was
    sealed in that head is what was drawn from. ``strata`` says of each partner and service how many exchanges there
    were, and how many of them were drawn.
    """

    uid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    month = models.DateField(_("month"), unique=True)
    announced_at = models.DateTimeField(_("announced at"))
    announced_by = models.CharField(_("announced by"), max_length=150)
    head_from = models.DateTimeField(_("first head from"))
    wanted = models.PositiveIntegerField(_("exchanges wanted"))
    drawn_at = models.DateTimeField(_("drawn at"), null=True, blank=True)
    head_size = models.BigIntegerField(_("size of the head"), null=True, blank=True)
    head_root = models.BinaryField(_("root of the head"), null=True, blank=True)
    head_sealed_at = models.DateTimeField(_("head sealed at"), null=True, blank=True)
    seed = models.CharField(_("seed"), max_length=64, blank=True)
    strata = models.JSONField(_("strata"), default=list)

    class Meta:
        verbose_name = _("sample")
        verbose_name_plural = _("samples")
        ordering = ("-month",)
        constraints = [
            models.CheckConstraint(
                name="sample_is_announced_before",
                condition=models.Q(head_from__gt=models.F("announced_at")),
            ),
            models.CheckConstraint(
                name="drawn_sample_has_head_and_seed",
                condition=models.Q(drawn_at=None, head_size=None, head_root=None, head_sealed_at=None, seed="")
                | (
                    models.Q(drawn_at__isnull=False, head_size__gt=0, head_root__isnull=False)
                    & models.Q(head_sealed_at__gte=models.F("head_from"))
                    & ~models.Q(seed="")
                ),
            ),
        ]

    def __str__(self) -> str:
        """Return the month."""
        return f"{self.month:%Y-%m}"


class SampleItem(models.Model):
    """One exchange of a sample; ``doubled`` ones are reviewed by two people, who do not see each other's answer."""

    draw = models.ForeignKey(SampleDraw, models.PROTECT, related_name="items", verbose_name=_("sample"))
    number = models.PositiveIntegerField(_("number"))
    exchange = models.UUIDField(_("exchange"))
    partner = models.CharField(_("partner"), max_length=40)
    service = models.CharField(_("service"), max_length=40)
    doubled = models.BooleanField(_("reviewed twice"), default=False)

    class Meta:
        verbose_name = _("exchange of a sample")
        verbose_name_plural = _("exchanges of samples")
        ordering = ("draw", "number")
        constraints = [
            models.UniqueConstraint(fields=("draw", "number"), name="sample_number_once"),
            models.UniqueConstraint(fields=("draw", "exchange"), name="sample_exchange_once"),
        ]

    def __str__(self) -> str:
        """Return the sample and the number."""
        return f"{self.draw} {self.number}"


class SampleTurn(models.Model):
    """That somebody is to review an exchange of a sample: first, or second."""

    item = models.ForeignKey(SampleItem, models.PROTECT, related_name="turns", verbose_name=_("exchange"))
    turn = models.PositiveSmallIntegerField(_("turn"))
    reviewer = models.ForeignKey(Account, models.PROTECT, related_name="+", verbose_name=_("reviewer"))
    assigned_at = models.DateTimeField(_("assigned at"))

    class Meta:
        verbose_name = _("turn to review")
        verbose_name_plural = _("turns to review")
        ordering = ("item", "turn")
        constraints = [
            models.UniqueConstraint(fields=("item", "turn"), name="sample_turn_once"),
            models.UniqueConstraint(fields=("item", "reviewer"), name="sample_reviewer_once"),
        ]

    def __str__(self) -> str:
        """Return the exchange, the turn and the reviewer."""
        return f"{self.item}/{self.turn} {self.reviewer}"


class SampleReview(models.Model):
    """What a reviewer found. Append-only, kept for ever."""

    turn = models.OneToOneField(SampleTurn, models.PROTECT, related_name="review", verbose_name=_("turn"))
    reviewer = models.CharField(_("reviewer"), max_length=150)
    at = models.DateTimeField(_("at"))
    judgement = models.CharField(_("judgement"), max_length=12, choices=Judgement)
    reason = models.TextField(_("reason"), blank=True)
    act = models.UUIDField(_("entry in the ledger"))

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("at", "id")
        constraints = [
            models.CheckConstraint(
                name="review_says_why_not_justified",
                condition=models.Q(judgement=Judgement.JUSTIFIED) | ~models.Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        """Return the turn and the judgement."""
        return f"{self.turn} {self.judgement}"
