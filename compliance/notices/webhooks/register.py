"""Register a system that is told what happens."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.access.roles import Capability
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, ForbiddenError, InvalidInputError
from compliance.notices.webhooks.check_url import checked_url
from compliance.notices.webhooks.models import Webhook
from compliance.notices.webhooks.secrets import new_secret, sealed
from compliance.notices.webhooks.vocabulary import WebhookEvent
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from collections.abc import Collection

    from compliance.access.models import Account


class Registered(NamedTuple):
    """A webhook, and its secret: shown once, and never again."""

    webhook: Webhook
    secret: str


@transaction.atomic
def register_webhook(*, account: Account, name: str, url: str, events: Collection[str]) -> Registered:
    """Tell an address of some events from now on. One transaction. Raises :class:`InvalidInputError` by field."""
    if not account.may(Capability.KEEP_WEBHOOKS):
        raise ForbiddenError
    shown, address = " ".join(name.split()), checked_url(url)
    if not shown or Webhook.objects.filter(name=shown).exists():
        raise _wrong(_("Give a name that no other webhook has."), field="name")
    chosen = [event.value for event in WebhookEvent if event in events]
    if not chosen:
        raise _wrong(_("Choose at least one event."), field="events")
    webhook, secret = Webhook(name=shown, url=address, events=chosen, made_at=now()), new_secret()
    webhook.sealed = sealed(secret, webhook=webhook.uid)
    webhook.save()
    record_act(
        actor=account.actor,
        kind=ActKind.WEBHOOK_ADDED,
        object_id=webhook.uid,
        details={"webhook": shown, "url": address, "events": " ".join(chosen)},
    )
    return Registered(webhook, secret)


def _wrong(detail: str, *, field: str) -> InvalidInputError:
    return InvalidInputError(errors=(FieldError(f"/{field}", detail, "invalid"),))
