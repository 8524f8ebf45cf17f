"""Webhooks in words: which there are, what waits, and what was given up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.notices.webhooks.models import Webhook, WebhookMessage
from compliance.notices.webhooks.vocabulary import WebhookEvent

if TYPE_CHECKING:
    from datetime import datetime

DEAD_SHOWN = 50


@dataclass(frozen=True, slots=True)
class WebhookRow:
    """One webhook."""

    name: str
    url: str
    events: str
    standing: Badge
    last: str
    rotate: str
    close: str


@dataclass(frozen=True, slots=True)
class DeadMessage:
    """A message that was given up, and where it is sent again."""

    webhook: str
    event: str
    code: str
    moment: str
    at: str
    fault: str
    resend: str


def present_webhooks() -> tuple[WebhookRow, ...]:
    """Put the open webhooks into words. One query."""
    found = Webhook.objects.filter(closed_at=None).annotate(
        waiting=Count("messages", filter=Q(messages__due_at__isnull=False, messages__attempts__gt=0)),
        last=Max("messages__delivered_at"),
    )
    return tuple(_row(one, one.waiting, one.last) for one in found)


def present_dead() -> tuple[DeadMessage, ...]:
    """Put the newest messages that were given up into words. One query."""
    dead = WebhookMessage.objects.exclude(dead_at=None).select_related("webhook").order_by("-dead_at")
    return tuple(
        DeadMessage(
            webhook=one.webhook.name,
            event=_event(one.event),
            code=one.code,
            moment=words.moment(one.made_at),
            at=one.made_at.isoformat(),
            fault=one.fault,
            resend="" if one.webhook.closed_at else reverse("webhook-resend", args=[one.uid]),
        )
        for one in dead[:DEAD_SHOWN]
    )


def _row(webhook: Webhook, waiting: int, last: datetime | None) -> WebhookRow:
    failing = _("%(count)s wait to be tried again") % {"count": words.figure(waiting)}
    return WebhookRow(
        name=webhook.name,
        url=webhook.url,
        events=words.enumeration([_event(one) for one in webhook.events]),
        standing=Badge(failing, "care") if waiting else Badge(_("nothing waits"), "good"),
        last=words.moment(last) if last else _("never"),
        rotate=reverse("webhook-rotate", args=[webhook.uid]),
        close=reverse("webhook-close", args=[webhook.uid]),
    )


def _event(code: str) -> str:
    return str(WebhookEvent(code).label) if code in WebhookEvent.values else code
