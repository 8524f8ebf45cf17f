"""Send what is due to webhooks: tried again ever later, and kept as dead after the last time."""

from __future__ import annotations

import time
from datetime import timedelta
from http.client import HTTPException
from typing import TYPE_CHECKING

import structlog
from django.db import transaction

from compliance.kernel.clock import now
from compliance.notices.webhooks.due import wait_after
from compliance.notices.webhooks.models import WebhookMessage
from compliance.notices.webhooks.post import PATIENCE, post
from compliance.notices.webhooks.secrets import opened
from compliance.notices.webhooks.sign import headers_of

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.notices.webhooks.models import Webhook

SECONDS = 25.0
KEPT = timedelta(days=30)
_CLAIM = timedelta(seconds=4 * PATIENCE)
_TAKEN = range(200, 300)

log_event = structlog.get_logger(__name__)


def send_webhooks(*, at: datetime | None = None, seconds: float = SECONDS) -> int:
    """Send what is due, for so many seconds or until nothing is; return how many messages were taken.

    Each is claimed in one transaction, sent outside any, and marked in another: at least once, always under the same
    identifier. Webhooks that fail hold up no others: each attempt in vain is planned later.
    """
    at, deadline, taken = at or now(), time.monotonic() + seconds, 0
    while time.monotonic() < deadline and (message := _claim(at)) is not None:
        fault = _send(message, at)
        taken += not fault
        _mark(message, fault, at)
    return taken


def forget_delivered(*, at: datetime) -> int:
    """Let go of what was delivered long ago; return how many messages. One statement."""
    return WebhookMessage.objects.filter(delivered_at__lt=at - KEPT).delete()[0]


def _claim(at: datetime) -> WebhookMessage | None:
    """Claim the message that waits longest. A sender that dies leaves it to another when the claim has ended."""
    with transaction.atomic(durable=True):
        due = WebhookMessage.objects.filter(due_at__lte=at).select_for_update(skip_locked=True, of=("self",))
        message = due.select_related("webhook").order_by("due_at", "id").first()
        if message is not None:
            message.attempts += 1
            message.due_at = at + _CLAIM
            message.save(update_fields=["attempts", "due_at"])
        return message


def _send(message: WebhookMessage, at: datetime) -> str:
    """Send once; return what went wrong, and nothing when it was taken. Neither address nor answer is kept."""
    body = message.body.encode()
    headers = headers_of(
        identifier=f"msg_{message.uid.hex}",
        seconds=int(at.timestamp()),
        body=body,
        secrets=_secrets(message.webhook, at),
    )
    try:
        status = post(message.webhook.url, body=body, headers=headers)
    except (OSError, HTTPException) as error:
        return type(error).__name__
    return "" if status in _TAKEN else f"HTTP {status}"


def _secrets(webhook: Webhook, at: datetime) -> list[bytes]:
    """Return the secret, and the one before it while that still counts."""
    kept = [bytes(webhook.sealed)]
    if webhook.former_sealed is not None and webhook.former_until is not None and at < webhook.former_until:
        kept.append(bytes(webhook.former_sealed))
    return [opened(one, webhook=webhook.uid) for one in kept]


def _mark(message: WebhookMessage, fault: str, at: datetime) -> None:
    mine = WebhookMessage.objects.filter(pk=message.pk, due_at=message.due_at)
    if not fault:
        mine.update(delivered_at=at, due_at=None, fault="")
        return
    wait = wait_after(message.attempts)
    log_event.warning("webhook_not_taken", webhook=message.webhook.pk, attempts=message.attempts, fault=fault)
    if wait is None:
        mine.update(dead_at=at, due_at=None, fault=fault)
    else:
        mine.update(due_at=at + wait, fault=fault)
