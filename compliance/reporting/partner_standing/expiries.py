"""What of a partner ends, and when."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.db.models import Q

from compliance.access.models import ClientCredential
from compliance.authorisations.models import AuthorisationVersion
from compliance.kernel.clock import BRUSSELS
from compliance.registry.models import ConnectionPeriod, ProcessingMandate

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from compliance.authorisations.models import Authorisation


class ExpiryKind(StrEnum):
    """What ends."""

    AUTHORISATION = "authorisation"
    MANDATE = "mandate"
    CONNECTION = "connection"
    CREDENTIAL = "credential"


@dataclass(frozen=True, slots=True)
class Expiry:
    """One end: ``day`` is the first day on which it no longer holds; ``key`` stays the same when the day moves.

    ``what`` names it: the code of an authorisation, the other organisation, the route, the system.
    """

    day: date
    kind: ExpiryKind
    key: str
    what: str
    authorisation: Authorisation | None = None
    number: int = 0


def expiries_of(partner: str, *, at: datetime) -> tuple[Expiry, ...]:
    """Return what ends from today on, the first one first. Four queries."""
    today = at.astimezone(BRUSSELS).date()
    found = (
        *(expiry for expiry, parties in ends_of_authorisations() if partner in parties),
        *_mandates(partner),
        *_connections(partner),
        *_credentials(partner),
    )
    return tuple(sorted((one for one in found if one.day > today), key=lambda one: (one.day, one.kind, one.key)))


def ends_of_authorisations() -> Iterator[tuple[Expiry, frozenset[str]]]:
    """Yield when each authorisation ends that has an end, with the parties of its newest version. One query."""
    versions = AuthorisationVersion.objects.select_related("authorisation__withdrawal")
    for version in versions.order_by("authorisation_id", "-number").distinct("authorisation_id"):
        authorisation = version.authorisation
        withdrawal = getattr(authorisation, "withdrawal", None)
        ends = [end for end in (version.valid_until, withdrawal and withdrawal.withdrawn_from) if end is not None]
        if ends:
            day = min(ends).astimezone(BRUSSELS).date()
            code, number = authorisation.code, version.number
            expiry = Expiry(day, ExpiryKind.AUTHORISATION, f"authorisation-{code}", code, authorisation, number)
            yield expiry, frozenset({version.provider, *version.recipients})


def _mandates(partner: str) -> Iterator[Expiry]:
    own = Q(processor__code=partner) | Q(controller__code=partner)
    rows = ProcessingMandate.objects.filter(own, valid_until__isnull=False).select_related("processor", "controller")
    for mandate in rows:
        other = mandate.controller if mandate.processor.code == partner else mandate.processor
        if mandate.valid_until is not None:
            yield Expiry(mandate.valid_until, ExpiryKind.MANDATE, f"mandate-{mandate.pk}", other.name)


def _connections(partner: str) -> Iterator[Expiry]:
    rows = ConnectionPeriod.objects.filter(organisation__code=partner, connected_until__isnull=False)
    for period in rows.select_related("route"):
        if period.connected_until is not None:
            yield Expiry(period.connected_until, ExpiryKind.CONNECTION, f"connection-{period.pk}", period.route.name)


def _credentials(partner: str) -> Iterator[Expiry]:
    rows = ClientCredential.objects.filter(client__organisation__code=partner, expires_at__isnull=False)
    for credential in rows.filter(revoked_at=None, client__revoked_at=None).select_related("client"):
        if credential.expires_at is not None:
            day = credential.expires_at.astimezone(BRUSSELS).date()
            name = credential.client.name
            yield Expiry(day, ExpiryKind.CREDENTIAL, f"credential-{credential.pk}", name)
