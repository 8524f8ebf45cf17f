"""Data breaches: the clock of GDPR article 33, what we would notify, and that we did."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compliance.cases.breaches.queries import BreachQuerySet
from compliance.cases.breaches.vocabulary import BreachEnd
from compliance.cases.models import Case


class Breach(models.Model):
    """A breach that a case turned out to be. ``due_at`` lies 72 hours after the officer became aware of it."""

    uid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    case = models.ForeignKey(Case, models.PROTECT, related_name="breaches", verbose_name=_("case"))
    aware_at = models.DateTimeField(_("aware since"))
    due_at = models.DateTimeField(_("to be notified by"))
    end = models.CharField(_("how it ended"), max_length=20, choices=BreachEnd, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    ended_by = models.CharField(_("ended by"), max_length=150, blank=True)
    notified_at = models.DateTimeField(_("notified at"), null=True, blank=True)
    authority = models.CharField(_("notified to"), max_length=20, blank=True)
    reference = models.CharField(_("reference"), max_length=200, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    objects = BreachQuerySet.as_manager()

    class Meta:
        verbose_name = _("data breach")
        verbose_name_plural = _("data breaches")
        ordering = ("due_at", "id")
        constraints = [
            models.UniqueConstraint(fields=("case",), condition=Q(end=""), name="one_clock_runs_for_a_case"),
            models.CheckConstraint(name="breach_due_after_aware", condition=Q(due_at__gt=F("aware_at"))),
            models.CheckConstraint(
                name="ended_breach_has_who_when",
                condition=Q(end="", ended_at=None, ended_by="")
                | ~Q(end="") & Q(ended_at__isnull=False) & ~Q(ended_by=""),
            ),
            models.CheckConstraint(
                name="notified_breach_has_where",
                condition=~Q(end=BreachEnd.NOTIFIED) | Q(notified_at__isnull=False) & ~Q(authority=""),
            ),
        ]

    def __str__(self) -> str:
        """Return the case, and by when."""
        return f"{self.case_id} {self.due_at:%Y-%m-%d %H:%M}"


class BreachDraft(models.Model):
    """One version of the notification: a :class:`~compliance.cases.breaches.content.Notification` as JSON."""

    breach = models.ForeignKey(Breach, models.PROTECT, related_name="drafts", verbose_name=_("data breach"))
    number = models.PositiveIntegerField(_("version"))
    content = models.JSONField(_("content"))
    at = models.DateTimeField(_("when"))
    by = models.CharField(_("who"), max_length=150)
    entry = models.UUIDField(_("entry of the ledger"))

    class Meta:
        verbose_name = _("version of a notification")
        verbose_name_plural = _("versions of notifications")
        ordering = ("number",)
        constraints = [models.UniqueConstraint(fields=("breach", "number"), name="breach_draft_once")]

    def __str__(self) -> str:
        """Return which version."""
        return f"{self.breach_id}/{self.number}"
