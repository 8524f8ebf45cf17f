"""Suppressions: what was decided to be expected, for whom and until when."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compliance.cases.models import Case
from compliance.cases.suppressions.queries import SuppressionQuerySet
from compliance.detection.models import Finding


class Suppression(models.Model):
    """Findings of these detectors that begin in these days (both included) make no case. Empty: any.

    It began with a decision on a case, and always has an end; ``ended_at`` when somebody ended it before that.
    """

    uid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="suppressions", verbose_name=_("case"))
    detectors = ArrayField(models.CharField(max_length=60), verbose_name=_("detectors"))
    partner = models.CharField(_("partner"), max_length=40, blank=True)
    service = models.CharField(_("service"), max_length=60, blank=True)
    user_key = models.BigIntegerField(null=True)
    begins_on = models.DateField(_("first day"))
    ends_on = models.DateField(_("last day"))
    reason = models.TextField(_("reason"))
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("who"), max_length=150)
    entry = models.UUIDField(_("entry of the ledger"))
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=150, blank=True)
    ended_reason = models.TextField(_("ended because"), blank=True)

    objects = SuppressionQuerySet.as_manager()

    class Meta:
        verbose_name = _("suppression")
        verbose_name_plural = _("suppressions")
        ordering = ("-id",)
        constraints = [
            models.CheckConstraint(name="suppression_ends", condition=Q(ends_on__gte=F("begins_on"))),
            models.CheckConstraint(name="suppression_names_detectors", condition=Q(detectors__len__gt=0)),
            models.CheckConstraint(
                name="ended_suppression_has_who_when_why",
                condition=Q(ended_at=None, ended_by="", ended_reason="")
                | Q(ended_at__isnull=False) & ~Q(ended_by="") & ~Q(ended_reason=""),
            ),
        ]

    def __str__(self) -> str:
        """Return what, and until when."""
        return f"{', '.join(self.detectors)} until {self.ends_on}"

    @property
    def is_of_user(self) -> bool:
        """Whether it is about one user, who is never shown."""
        return self.user_key is not None


class SuppressedFinding(models.Model):
    """A finding that makes no case, and the suppression that says so."""

    finding = models.OneToOneField(
        Finding, models.CASCADE, primary_key=True, related_name="suppressed", verbose_name=_("finding")
    )
    suppression = models.ForeignKey(Suppression, models.PROTECT, related_name="findings", verbose_name=_("suppression"))
    at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("finding that is expected")
        verbose_name_plural = _("findings that are expected")

    def __str__(self) -> str:
        """Return both keys."""
        return f"{self.finding_id} {self.suppression_id}"
