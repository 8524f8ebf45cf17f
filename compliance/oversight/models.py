"""Who looked at the log: acts of our own users, each an entry of the oversight log."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from compliance.oversight.vocabulary import ActKind


class Act(models.Model):
    """One look, search, reveal or export, copied out of its entry for lists. Append-only."""

    pk = models.CompositePrimaryKey("log", "id")
    log = models.SmallIntegerField()
    id = models.UUIDField()
    xid = models.BigIntegerField()
    at = models.DateTimeField(_("when"))
    kind = models.CharField(_("act"), max_length=40, choices=ActKind)
    actor = models.CharField(_("who"), max_length=150)
    organisation = models.CharField(_("of which organisation"), max_length=40, blank=True)
    object_id = models.UUIDField(_("exchange"), null=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        managed = False
        db_table = "oversight_act"
        verbose_name = _("act")
        verbose_name_plural = _("acts")

    def __str__(self) -> str:
        """Return the key."""
        return f"{self.kind} {self.id}"
