"""Cases: what somebody must look into."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.cases.vocabulary import CaseKind, CaseState


class Case(models.Model):
    """One thing to look into. ``kind`` and ``key`` say which, once; no value about a person stands in it."""

    kind = models.CharField(_("kind"), max_length=40, choices=CaseKind)
    key = models.CharField(_("key"), max_length=200)
    opened_at = models.DateTimeField(_("opened at"))
    title = models.TextField(_("title"))
    facts = models.JSONField(_("facts"))
    state = models.CharField(_("state"), max_length=10, choices=CaseState, default=CaseState.OPEN)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    closed_by = models.CharField(_("closed by"), max_length=150, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ("-opened_at", "-id")
        constraints = [
            models.UniqueConstraint(fields=("kind", "key"), name="case_once"),
            models.CheckConstraint(
                name="closed_case_has_who_when_why",
                condition=models.Q(state=CaseState.OPEN, closed_at=None, closed_by="", reason="")
                | (
                    models.Q(state=CaseState.CLOSED, closed_at__isnull=False)
                    & ~models.Q(closed_by="")
                    & ~models.Q(reason="")
                ),
            ),
        ]

    def __str__(self) -> str:
        """Return the kind and the key."""
        return f"{self.kind} {self.key}"
