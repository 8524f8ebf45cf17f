"""Counts that follow the exchanges exactly once."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class FollowerCursor(models.Model):
    """How far a follower has come: every transaction below ``next_xid`` is counted, none from it on."""

    follower = models.CharField(max_length=40, primary_key=True)
    next_xid = models.BigIntegerField()
    moved_at = models.DateTimeField()

    class Meta:
        verbose_name = _("cursor")
        verbose_name_plural = _("cursors")

    def __str__(self) -> str:
        """Return the follower's name and how far it has come."""
        return f"{self.follower} {self.next_xid}"


class Counted(models.Model):
    """The dimensions of a count; ``count`` is net of corrections."""

    partner = models.CharField(max_length=40)
    service = models.CharField(max_length=40)
    route = models.CharField(max_length=40)
    direction = models.CharField(max_length=20)
    trigger = models.CharField(max_length=20)
    environment = models.CharField(max_length=20)
    verdict = models.CharField(max_length=40)
    outcome = models.CharField(max_length=20)
    service_outcome = models.CharField(max_length=40)
    count = models.BigIntegerField()

    class Meta:
        abstract = True


DIMENSIONS = (
    "partner",
    "service",
    "route",
    "direction",
    "trigger",
    "environment",
    "verdict",
    "outcome",
    "service_outcome",
)


class HourCount(Counted):
    """Counts by UTC hour of the exchange's start."""

    hour = models.DateTimeField()

    class Meta:
        verbose_name = _("count by hour")
        verbose_name_plural = _("counts by hour")
        constraints = [models.UniqueConstraint(fields=("hour", *DIMENSIONS), name="hour_count_once")]

    def __str__(self) -> str:
        """Return what is counted, and how often."""
        return f"{self.hour:%Y-%m-%d %H} {self.partner} {self.count}"


class MonthCount(Counted):
    """Counts by month in Brussels of the exchange's start; ``month`` is its first day."""

    month = models.DateField()

    class Meta:
        verbose_name = _("count by month")
        verbose_name_plural = _("counts by month")
        constraints = [models.UniqueConstraint(fields=("month", *DIMENSIONS), name="month_count_once")]

    def __str__(self) -> str:
        """Return what is counted, and how often."""
        return f"{self.month:%Y-%m} {self.partner} {self.count}"


class VersionUse(models.Model):
    """What of a version (``CODE/number``) was used by a partner in a month of Brussels; its first day is ``month``.

    ``kind`` and ``code`` say what (:class:`compliance.statistics.vocabulary.UseKind`); ``count`` is net of corrections.
    """

    authorisation = models.CharField(max_length=70)
    partner = models.CharField(max_length=40)
    month = models.DateField()
    environment = models.CharField(max_length=20)
    verdict = models.CharField(max_length=40)
    kind = models.CharField(max_length=20)
    code = models.CharField(max_length=200)
    count = models.BigIntegerField()

    class Meta:
        verbose_name = _("use of a version of an authorisation")
        verbose_name_plural = _("uses of versions of authorisations")
        constraints = [
            models.UniqueConstraint(
                fields=("authorisation", "partner", "month", "environment", "verdict", "kind", "code"),
                name="version_use_once",
            )
        ]

    def __str__(self) -> str:
        """Return what is counted, and how often."""
        return f"{self.authorisation} {self.month:%Y-%m} {self.partner} {self.kind} {self.code} {self.count}"
