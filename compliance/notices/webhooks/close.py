"""Tell a system nothing any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.kernel.clock import now
from compliance.notices.webhooks.kept import kept_webhook
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.access.models import Account
    from compliance.notices.webhooks.models import Webhook


@transaction.atomic
def close_webhook(*, account: Account, webhook: UUID) -> Webhook:
    """Close a webhook; what still waited for it is given up. One transaction."""
    found, at = kept_webhook(account, webhook), now()
    found.closed_at = at
    found.save(update_fields=["closed_at"])
    found.messages.exclude(due_at=None).update(due_at=None, dead_at=at, fault="closed")
    record_act(actor=account.actor, kind=ActKind.WEBHOOK_CLOSED, object_id=found.uid, details={"webhook": found.name})
    return found
