"""Send again what was given up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.access.roles import Capability
from compliance.kernel.clock import now
from compliance.kernel.errors import ForbiddenError, NotFoundError
from compliance.notices.webhooks.models import WebhookMessage
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.access.models import Account


@transaction.atomic
def resend(*, account: Account, message: UUID) -> WebhookMessage:
    """Try a dead message from the beginning, under its own identifier. One transaction.

    Raises :class:`NotFoundError` for one that is not dead, and where the webhook was closed.
    """
    if not account.may(Capability.KEEP_WEBHOOKS):
        raise ForbiddenError
    dead = WebhookMessage.objects.exclude(dead_at=None).filter(uid=message, webhook__closed_at=None)
    found = dead.select_for_update(of=("self",)).select_related("webhook").first()
    if found is None:
        raise NotFoundError
    found.due_at, found.dead_at, found.attempts, found.fault = now(), None, 0, ""
    found.save()
    record_act(
        actor=account.actor,
        kind=ActKind.WEBHOOK_RESENT,
        object_id=found.webhook.uid,
        details={"webhook": found.webhook.name, "message": str(found.uid)},
    )
    return found
