"""Changes of detectors: proposed, tried, put in force."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.detection.tuning.vocabulary import ChangeState


class DetectorChange(models.Model):
    """A detector as somebody wants it. ``parameters`` are those that differ from the defaults; nothing is deleted.

    The trial looks at the days from ``tried_since`` up to and with ``tried_until``: how many findings came out both
    ways, only ``before`` or only ``after`` the change, and the keys of those that would be missed.
    """

    uid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    detector = models.CharField(_("detector"), max_length=60)
    enabled = models.BooleanField(_("in use"))
    parameters = models.JSONField(_("parameters"), default=dict)
    reason = models.TextField(_("reason"))
    state = models.CharField(_("state"), max_length=10, choices=ChangeState, default=ChangeState.PROPOSED)
    proposed_by = models.CharField(_("proposed by"), max_length=150)
    proposed_at = models.DateTimeField(_("proposed at"))
    tried_since = models.DateField(_("tried from"), null=True, blank=True)
    tried_until = models.DateField(_("tried until"), null=True, blank=True)
    tried_at = models.DateTimeField(_("tried at"), null=True, blank=True)
    exchanges = models.PositiveBigIntegerField(_("exchanges looked at"), default=0)
    kept = models.PositiveIntegerField(_("findings before and after"), default=0)
    added = models.PositiveIntegerField(_("findings only after"), default=0)
    missed = ArrayField(models.CharField(max_length=32), verbose_name=_("findings only before"), default=list)
    examples = models.JSONField(_("examples"), default=list)
    failure = models.CharField(_("failure"), max_length=200, blank=True)
    decided_by = models.CharField(_("decided by"), max_length=150, blank=True)
    decided_at = models.DateTimeField(_("decided at"), null=True, blank=True)
    decision = models.TextField(_("reason of the decision"), blank=True)

    class Meta:
        verbose_name = _("change of a detector")
        verbose_name_plural = _("changes of detectors")
        ordering = ("-id",)
        constraints = [
            models.UniqueConstraint(
                fields=("detector",), condition=Q(state=ChangeState.IN_FORCE), name="detector_one_in_force"
            ),
            models.CheckConstraint(
                name="detector_change_by_two",
                condition=Q(decided_by="", decided_at=None)
                | (~Q(decided_by="") & Q(decided_at__isnull=False) & ~Q(decided_by=models.F("proposed_by")))
                | Q(state=ChangeState.REFUSED),
            ),
            models.CheckConstraint(
                name="detector_in_force_was_tried",
                condition=~Q(state__in=[ChangeState.IN_FORCE, ChangeState.REPLACED])
                | Q(tried_at__isnull=False, decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return the detector and the state."""
        return f"{self.detector} {self.state}"
