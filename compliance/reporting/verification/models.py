"""Verifications: how far each has come, and what it found."""

from __future__ import annotations

from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class VerificationKind(models.TextChoices):
    """Who runs it: somebody by command, or the service itself, round the clock."""

    COMMAND = "command", _("by command")
    ROUND = "round", _("round the clock")


class VerificationRun(models.Model):
    """One verification of the leaves from ``first`` up to ``end`` of a log that had ``size`` leaves when it began.

    All up to ``reached`` is done; ``end_xid`` and ``end_id`` are the key up to which the log was sealed then.
    ``failures`` and ``remarks`` are lists of [check, sentence, index, count].
    """

    log = models.SmallIntegerField()
    kind = models.CharField(max_length=10, choices=VerificationKind)
    first = models.BigIntegerField()
    end = models.BigIntegerField()
    size = models.BigIntegerField()
    end_xid = models.BigIntegerField(default=0)
    end_id = models.UUIDField(default=UUID(int=0))
    reached = models.BigIntegerField()
    with_openings = models.BooleanField()
    started_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    failures = models.JSONField(default=list)
    remarks = models.JSONField(default=list)

    class Meta:
        verbose_name = _("verification")
        verbose_name_plural = _("verifications")
        ordering = ("-started_at", "-id")
        indexes = [models.Index(fields=("log", "-moved_at"), name="verification_newest")]

    def __str__(self) -> str:
        """Return the log and the range."""
        return f"{self.log}: {self.first}-{self.end}"
