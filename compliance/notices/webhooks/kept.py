"""The webhook that an operator acts on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.kernel.errors import ForbiddenError, NotFoundError
from compliance.notices.webhooks.models import Webhook

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.access.models import Account


def kept_webhook(account: Account, uid: UUID) -> Webhook:
    """Return the open webhook, locked. Raises :class:`ForbiddenError` and :class:`NotFoundError`."""
    if not account.may(Capability.KEEP_WEBHOOKS):
        raise ForbiddenError
    found = Webhook.objects.select_for_update().filter(uid=uid, closed_at=None).first()
    if found is None:
        raise NotFoundError
    return found
