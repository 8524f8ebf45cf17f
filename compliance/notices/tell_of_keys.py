"""Tell people that a key of one of their systems ends: 30, 7 and 1 days before."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from compliance.access.models import Account, ClientCredential
from compliance.access.roles import Capability
from compliance.kernel.clock import BRUSSELS
from compliance.notices.audience import people_who
from compliance.notices.notify import notify
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from datetime import datetime

    from django.db.models import QuerySet

    from compliance.notices.models import Notice

DAYS = (1, 7, 30)


def tell_of_keys(*, at: datetime) -> list[Notice]:
    """Tell who keeps the organisation's systems, and operators, of every key that ends soon; return the new notices.

    One transaction for each key; safe to repeat. A key beside which a later one works is left to end in peace.
    """
    longest = at + timedelta(days=max(DAYS))
    ending = _working(at).filter(expires_at__lte=longest).select_related("client__organisation")
    return [notice for key in ending if not _is_replaced(key, at) for notice in _tell(key, at)]


def _working(at: datetime) -> QuerySet[ClientCredential]:
    return ClientCredential.objects.filter(revoked_at=None, client__revoked_at=None).exclude(expires_at__lte=at)


def _is_replaced(key: ClientCredential, at: datetime) -> bool:
    later = Q(expires_at=None) | Q(expires_at__gt=key.expires_at)
    return _working(at).filter(later, client=key.client).exists()


@transaction.atomic
def _tell(key: ClientCredential, at: datetime) -> list[Notice]:
    if key.expires_at is None:
        return []
    days = next(days for days in DAYS if key.expires_at - at <= timedelta(days=days))
    name = key.client.name
    words = {"client": name, "day": key.expires_at.astimezone(BRUSSELS).date().isoformat()}
    own = Account.objects.filter(is_active=True, administers=True, organisation=key.client.organisation)
    told = []
    for people, address in (
        (own, reverse("portal-client", args=[name])),
        (people_who(Capability.KEEP_CONNECTIONS), reverse("clients")),
    ):
        told += notify(
            recipients=people,
            kind=NoticeKind.CLIENT_CREDENTIAL_EXPIRING,
            key=f"{key.pk}:{days}",
            address=address,
            words=words,
        )
    return told
