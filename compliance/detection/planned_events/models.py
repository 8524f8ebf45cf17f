"""Planned events: what was announced, so that its traffic surprises nobody."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compliance.detection.planned_events.queries import PlannedEventQuerySet
from compliance.detection.planned_events.vocabulary import EventKind, EventState
from compliance.registry.models import Organisation


class PlannedEvent(models.Model):
    """Something announced, from ``begins`` until ``ends``. Without a partner it is of all; without a service of any.

    A partner announces its own, which counts once an officer accepted it.
    """

    uid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("kind"), max_length=20, choices=EventKind)
    name = models.CharField(_("name"), max_length=200)
    explanation = models.TextField(_("explanation"), blank=True)
    partner = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="planned_events", verbose_name=_("partner")
    )
    service = models.CharField(_("service"), max_length=60, blank=True)
    begins = models.DateTimeField(_("from"))
    ends = models.DateTimeField(_("until"))
    state = models.CharField(_("state"), max_length=12, choices=EventState)
    announced_at = models.DateTimeField(_("announced at"))
    announced_by = models.CharField(_("announced by"), max_length=150)
    announced_for = models.CharField(_("of which organisation"), max_length=40, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True, blank=True)
    settled_by = models.CharField(_("settled by"), max_length=150, blank=True)
    settled_reason = models.TextField(_("settled because"), blank=True)

    objects = PlannedEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned event")
        verbose_name_plural = _("planned events")
        ordering = ("begins", "id")
        constraints = [
            models.CheckConstraint(name="planned_event_ends", condition=Q(ends__gt=F("begins"))),
            models.CheckConstraint(
                name="settled_event_has_who_when",
                condition=Q(state=EventState.ANNOUNCED, settled_at=None, settled_by="")
                | ~Q(state=EventState.ANNOUNCED) & Q(settled_at__isnull=False) & ~Q(settled_by=""),
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name
