"""Replace the secret of a webhook, without a moment at which neither works."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction

from compliance.kernel.clock import now
from compliance.notices.webhooks.kept import kept_webhook
from compliance.notices.webhooks.register import Registered
from compliance.notices.webhooks.secrets import new_secret, sealed
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.access.models import Account

FORMER = timedelta(hours=24)
"""How long messages are signed with the replaced secret too."""


@transaction.atomic
def rotate_secret(*, account: Account, webhook: UUID) -> Registered:
    """Make a new secret; for a day messages are signed with both. One transaction."""
    found, secret, at = kept_webhook(account, webhook), new_secret(), now()
    found.former_sealed, found.former_until = found.sealed, at + FORMER
    found.sealed = sealed(secret, webhook=found.uid)
    found.save(update_fields=["sealed", "former_sealed", "former_until"])
    record_act(actor=account.actor, kind=ActKind.WEBHOOK_ROTATED, object_id=found.uid, details={"webhook": found.name})
    return Registered(found, secret)
