"""What a new request can begin with: the register, the organisation's own authorisations, or the one it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from compliance.authorisations.requests.content import (
    Bases,
    Contact,
    Delivery,
    Duration,
    Parties,
    RequestContent,
    RequestedData,
    Wanted,
)
from compliance.authorisations.requests.vocabulary import RequestKind, RequestState
from compliance.authorisations.standing import speaking_version, speaking_versions
from compliance.authorisations.terms import Conditions
from compliance.kernel.clock import BRUSSELS
from compliance.registry.keeper import keeper
from compliance.registry.models import Organisation, ProcessingMandate
from compliance.registry.named import in_language

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.authorisations.models import Authorisation, AuthorisationVersion


def proposed(
    *, organisation: Organisation, kind: RequestKind, authorisation: Authorisation | None, at: datetime
) -> RequestContent:
    """Return what a draft begins with.

    A new request: the parties, and the routes and legal bases of the organisation's own authorisations. Others: all
    that the authorisation allows, and the words of the request that it came from.
    """
    if authorisation is None:
        return _new(organisation, at)
    version = speaking_version(authorisation.pk, at=at)
    content = _earlier_words(authorisation)
    if version is not None:
        content = _with_terms(content, version)
    title = "" if kind is RequestKind.ACCESSION else in_language(authorisation, "title")
    duration = content.duration
    if kind is RequestKind.RENEWAL and version is not None and version.valid_until is not None:
        starts_on = version.valid_until.astimezone(BRUSSELS).date()
        duration = msgspec.structs.replace(duration, starts_on=starts_on, ends_on=None)
    parties = _parties(organisation, provider=version.provider if version else keeper(), title=title, at=at)
    return msgspec.structs.replace(content, parties=parties, duration=duration)


def own_versions(organisation: str, *, at: datetime) -> list[AuthorisationVersion]:
    """Return the versions that stand at a moment and name an organisation (code) as recipient. One query."""
    return [version for version in speaking_versions(at=at) if organisation in version.recipients]


def _new(organisation: Organisation, at: datetime) -> RequestContent:
    own = own_versions(organisation.code, at=at)
    return RequestContent(
        parties=_parties(organisation, provider=keeper(), title="", at=at),
        legal_basis=Bases(recipient_bases=_all(own, "legal_bases")),
        rhythm=Delivery(routes=_all(own, "routes")),
    )


def _all(versions: list[AuthorisationVersion], field: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for version in versions for code in getattr(version, field)))


def _parties(organisation: Organisation, *, provider: str, title: str, at: datetime) -> Parties:
    giver = Organisation.objects.filter(code=provider).first()
    mandates = ProcessingMandate.objects.filter(controller=organisation, valid_from__lte=at.date())
    current = mandates.exclude(valid_until__lte=at.date()).values_list("processor__code", flat=True)
    return Parties(
        title=title,
        recipient=organisation.code,
        provider=provider,
        processors=tuple(sorted(set(current))),
        recipient_dpo=Contact(organisation.dpo_name, organisation.dpo_email),
        provider_dpo=Contact(giver.dpo_name, giver.dpo_email) if giver else Contact(),
    )


def _earlier_words(authorisation: Authorisation) -> RequestContent:
    """Return the words of the newest request that was granted as this authorisation."""
    granted = authorisation.granted_by.exclude(state__in=(RequestState.DRAFT, RequestState.REFUSED))
    earlier = granted.order_by("-id").first()
    return earlier.said if earlier else RequestContent()


def _with_terms(content: RequestContent, version: AuthorisationVersion) -> RequestContent:
    reasons = {wanted.category: wanted.why for wanted in content.data.categories}
    conditions = msgspec.convert(version.conditions, Conditions)
    end = version.valid_until
    return msgspec.structs.replace(
        content,
        purposes=msgspec.structs.replace(content.purposes, purposes=tuple(version.purposes)),
        data=RequestedData(
            services=tuple(version.services),
            categories=tuple(Wanted(code, reasons.get(code, "")) for code in version.categories),
        ),
        legal_basis=msgspec.structs.replace(content.legal_basis, recipient_bases=tuple(version.legal_bases)),
        recipients=msgspec.structs.replace(content.recipients, user_groups=conditions.user_groups),
        rhythm=msgspec.structs.replace(
            content.rhythm,
            routes=tuple(version.routes),
            hours=conditions.hours,
            ceiling=conditions.ceilings[0] if conditions.ceilings else None,
        ),
        duration=Duration(
            starts_on=version.valid_from.astimezone(BRUSSELS).date(),
            ends_on=end.astimezone(BRUSSELS).date() if end else None,
            retention_months=content.duration.retention_months,
            why_so_long=content.duration.why_so_long,
        ),
    )
