"""What a request asks, as the terms of a version that the verdict can use."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import TYPE_CHECKING

import msgspec

from compliance.authorisations.draft import VersionDraft
from compliance.authorisations.terms import Ceiling, Conditions, Hours
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from compliance.authorisations.requests.content import RequestContent

TRYING = ("acceptance", "test")
LIVE = ("production", *TRYING)


class Limits(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a decision limits further than was asked: hours, a ceiling, an earlier end (excluded)."""

    hours: Hours | None = None
    ceiling: Ceiling | None = None
    ends_on: date | None = None


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in Brussels."""
    return datetime.combine(day, time(), BRUSSELS).astimezone(UTC)


def as_version(
    content: RequestContent,
    *,
    environments: tuple[str, ...],
    valid_from: datetime,
    limits: Limits | None = None,
    document_reference: str = "",
    document_digest: str = "",
) -> VersionDraft:
    """Return the terms. A ceiling or hours of the decision take the place of those that were asked."""
    limits = limits or Limits()
    ends = [day for day in (content.duration.ends_on, limits.ends_on) if day is not None]
    hours = limits.hours or content.rhythm.hours
    ceiling = limits.ceiling or content.rhythm.ceiling
    return VersionDraft(
        provider=content.parties.provider,
        recipients=(content.parties.recipient,),
        purposes=content.purposes.purposes,
        services=content.data.services,
        categories=content.categories,
        legal_bases=content.legal_basis.recipient_bases,
        routes=content.rhythm.routes,
        environments=environments,
        valid_from=valid_from,
        valid_until=midnight(min(ends)) if ends else None,
        conditions=Conditions(
            hours=hours,
            ceilings=(ceiling,) if ceiling else (),
            user_groups=content.recipients.user_groups,
        ),
        document_reference=document_reference,
        document_digest=document_digest,
    )
