"""On whose side a person stands in a connection; to all others it does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.connecting.models import Connection
from compliance.connecting.vocabulary import Side
from compliance.kernel.clock import BRUSSELS
from compliance.registry.models import ProcessingMandate
from compliance.registry.span import Span

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.connecting.queries import ConnectionQuerySet


def processes_for(organisation: str, *, at: datetime) -> frozenset[str]:
    """Return an organisation (code) and those that gave it a mandate that is in force on this day. One query."""
    day = at.astimezone(BRUSSELS).date()
    mandates = ProcessingMandate.objects.filter(processor__code=organisation).select_related("controller")
    held = (one for one in mandates if Span(one.valid_from, one.valid_until).holds(day))
    return frozenset({organisation, *(one.controller.code for one in held)})


def own_connections(account: Account, *, at: datetime) -> ConnectionQuerySet:
    """Return the connections of a person's organisation, and of those that it processes for."""
    if not account.may(Capability.SEE_OWN_CONNECTION) or account.organisation is None:
        return Connection.objects.none()
    return Connection.objects.of_any(processes_for(account.organisation.code, at=at))


def side_of(account: Account, connection: Connection, *, at: datetime) -> Side | None:
    """Return on whose side a person may move a connection; ``None`` when it is not the person's business."""
    if account.may(Capability.KEEP_CONNECTIONS):
        return Side.BANK
    return Side.PARTNER if own_connections(account, at=at).filter(pk=connection.pk).exists() else None
