"""How many new cases a day the officers can look into."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class DetectionBudget(models.Model):
    """One setting of the budget; the newest holds. Append-only. ``shares`` are parts of one by family."""

    cases_a_day = models.PositiveSmallIntegerField(_("new cases a day"))
    shares = models.JSONField(_("shares"))
    at = models.DateTimeField(_("since"))
    by = models.CharField(_("who"), max_length=150)
    reason = models.TextField(_("reason"))
    entry = models.UUIDField(_("entry of the ledger"))

    class Meta:
        verbose_name = _("budget of cases")
        verbose_name_plural = _("budgets of cases")
        ordering = ("-id",)
        constraints = [models.CheckConstraint(name="budget_of_some_cases", condition=Q(cases_a_day__gte=1))]

    def __str__(self) -> str:
        """Return how many."""
        return str(self.cases_a_day)
