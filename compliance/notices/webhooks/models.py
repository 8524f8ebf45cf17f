"""Systems that are told what happens, and the messages to each."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.notices.webhooks.vocabulary import WebhookEvent


class Webhook(models.Model):
    """An address that is told of some events. ``sealed`` is its secret, encrypted under the service's own key.

    ``former_sealed`` is the secret that was replaced, with which messages are signed too until ``former_until``.
    """

    uid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=60, unique=True)
    url = models.CharField(_("address"), max_length=500)
    events = ArrayField(models.CharField(max_length=40, choices=WebhookEvent), verbose_name=_("events"))
    sealed = models.BinaryField()
    former_sealed = models.BinaryField(null=True)
    former_until = models.DateTimeField(_("former secret until"), null=True, blank=True)
    made_at = models.DateTimeField(_("made at"))
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True)

    class Meta:
        verbose_name = _("webhook")
        verbose_name_plural = _("webhooks")
        ordering = ("name",)
        constraints = [
            models.CheckConstraint(name="webhook_goes_over_https", condition=Q(url__startswith="https://")),
            models.CheckConstraint(
                name="former_secret_has_an_end",
                condition=Q(former_sealed=None, former_until=None)
                | Q(former_sealed__isnull=False, former_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        """Return the name."""
        return self.name


class WebhookMessage(models.Model):
    """One event for one webhook: the bytes that are signed, and how often was tried. Due, delivered, or dead."""

    uid = models.UUIDField(_("identifier"), default=uuid.uuid4, unique=True, editable=False)
    webhook = models.ForeignKey(Webhook, models.PROTECT, related_name="messages", verbose_name=_("webhook"))
    event = models.CharField(_("event"), max_length=40, choices=WebhookEvent)
    code = models.CharField(_("code"), max_length=40)
    body = models.TextField(_("body"))
    made_at = models.DateTimeField(_("made at"))
    due_at = models.DateTimeField(_("due at"), null=True, blank=True)
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    delivered_at = models.DateTimeField(_("delivered at"), null=True, blank=True)
    dead_at = models.DateTimeField(_("given up at"), null=True, blank=True)
    fault = models.CharField(_("what went wrong"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("message to a webhook")
        verbose_name_plural = _("messages to webhooks")
        ordering = ("-id",)
        indexes = [
            models.Index(fields=["due_at"], name="webhook_message_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["-dead_at"], name="webhook_message_dead", condition=Q(dead_at__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                name="webhook_message_is_due_or_ended",
                condition=Q(due_at__isnull=False, delivered_at=None, dead_at=None)
                | Q(due_at=None, delivered_at__isnull=False, dead_at=None)
                | Q(due_at=None, delivered_at=None, dead_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        """Return the event and what it is about."""
        return f"{self.event} {self.code}"
