"""Partners on their way to production, step by step, and what was moved by whom, when and why."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.access.models import Account
from compliance.connecting.queries import ConnectionQuerySet
from compliance.connecting.vocabulary import Check, MoveKind, Step
from compliance.registry.models import Organisation, Route


class Connection(models.Model):
    """One partner's way to production, by one route, with a vendor or without.

    ``step`` is what is worked on; ``connected_on`` since when it is in production, once it is.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation = models.OneToOneField(
        Organisation, models.PROTECT, related_name="connecting", verbose_name=_("organisation")
    )
    route = models.ForeignKey(Route, models.PROTECT, related_name="+", verbose_name=_("route"))
    vendor = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("software vendor")
    )
    authorisation = models.CharField(_("authorisation"), max_length=60, blank=True)
    step = models.CharField(_("step"), max_length=20, choices=Step, default=Step.ANALYSIS)
    connected_on = models.DateField(_("in production since"), null=True, blank=True)
    begun_at = models.DateTimeField(_("begun at"))

    objects = ConnectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("connection")
        verbose_name_plural = _("connections")
        ordering = ("organisation__position", "organisation__name_nl")
        constraints = [
            models.CheckConstraint(
                name="connected_after_all_steps",
                condition=models.Q(connected_on=None) | models.Q(step=Step.PRODUCTION),
            )
        ]

    def __str__(self) -> str:
        """Return who, and how far."""
        return f"{self.organisation}, {self.step}"


class ConnectionStep(models.Model):
    """One step of a connection: when it is planned, who is responsible, who called it ready, when it was done."""

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="steps", verbose_name=_("connection"))
    step = models.CharField(_("step"), max_length=20, choices=Step)
    planned_on = models.DateField(_("planned on"), null=True, blank=True)
    done_on = models.DateField(_("done on"), null=True, blank=True)
    ready_at = models.DateTimeField(_("ready at"), null=True, blank=True)
    ready_by = models.CharField(_("called ready by"), max_length=150, blank=True)
    responsible = models.ForeignKey(
        Account, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("responsible person")
    )
    responsible_name = models.CharField(_("responsible person without an account"), max_length=200, blank=True)
    remark = models.TextField(_("remark"), blank=True)

    class Meta:
        verbose_name = _("step of a connection")
        verbose_name_plural = _("steps of connections")
        ordering = ("connection", "id")
        constraints = [
            models.UniqueConstraint(fields=("connection", "step"), name="connection_step_once"),
            models.CheckConstraint(
                name="ready_has_who",
                condition=models.Q(ready_at=None, ready_by="")
                | (models.Q(ready_at__isnull=False) & ~models.Q(ready_by="")),
            ),
        ]

    def __str__(self) -> str:
        """Return which step of whom."""
        return f"{self.connection.organisation}, {self.step}"


class ConnectionMove(models.Model):
    """One thing that was done with a connection. Append-only; the act in the ledger says the same."""

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="moves", verbose_name=_("connection"))
    kind = models.CharField(_("what"), max_length=20, choices=MoveKind)
    step = models.CharField(_("step"), max_length=20, choices=Step)
    at = models.DateTimeField(_("when"))
    actor = models.CharField(_("who"), max_length=150)
    organisation = models.CharField(_("of which organisation"), max_length=40, blank=True)
    reason = models.TextField(_("reason"))
    act = models.UUIDField(_("act"))

    class Meta:
        verbose_name = _("move of a connection")
        verbose_name_plural = _("moves of connections")
        ordering = ("-id",)

    def __str__(self) -> str:
        """Return what, and in which step."""
        return f"{self.kind} {self.step}"


class PassedCheck(models.Model):
    """That a partner's system showed something in a self-test, and when it did so last. The sample is not kept."""

    connection = models.ForeignKey(Connection, models.PROTECT, related_name="checks", verbose_name=_("connection"))
    kind = models.CharField(_("check"), max_length=20, choices=Check)
    passed_at = models.DateTimeField(_("passed at"))
    passed_by = models.CharField(_("passed by"), max_length=150)

    class Meta:
        verbose_name = _("passed check")
        verbose_name_plural = _("passed checks")
        constraints = [models.UniqueConstraint(fields=("connection", "kind"), name="passed_check_once")]

    def __str__(self) -> str:
        """Return which check."""
        return self.kind
