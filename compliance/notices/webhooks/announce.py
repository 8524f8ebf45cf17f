"""Tell other systems that something happened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from django.conf import settings

from compliance.kernel.clock import canonical_time, microseconds
from compliance.notices.webhooks.models import Webhook, WebhookMessage

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.notices.webhooks.vocabulary import WebhookEvent


def announce(
    event: WebhookEvent, *, at: datetime, code: str, address: str, kind: str = "", severity: int | None = None
) -> list[WebhookMessage]:
    """Write a message for each webhook that listens, and return them. In the caller's transaction.

    What is rolled back tells nobody. A message says what happened to which code, and where it can be read by who may:
    never a value about a person. ``address`` is a path of our own.
    """
    told: dict[str, str | int] = {"code": code, "address": f"{settings.SITE_URL}{address}"}
    if kind:
        told["kind"] = kind
    if severity is not None:
        told["severity"] = severity
    body = msgspec.json.encode({"type": event.value, "timestamp": canonical_time(microseconds(at)), "data": told})
    listening = Webhook.objects.filter(closed_at=None, events__contains=[event.value])
    return WebhookMessage.objects.bulk_create(
        WebhookMessage(webhook=one, event=event, code=code, body=body.decode(), made_at=at, due_at=at)
        for one in listening
    )
