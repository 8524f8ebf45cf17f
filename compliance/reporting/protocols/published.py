"""The protocols that were published through a request, each with its editions: every text that was published."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q

from compliance.authorisations.models import AuthorisationVersion, AuthorisationWithdrawal
from compliance.authorisations.requests.content import read
from compliance.authorisations.requests.models import RequestEvent
from compliance.authorisations.requests.states import ENDED
from compliance.authorisations.requests.vocabulary import RequestAct, RequestState
from compliance.authorisations.suspensions import suspensions
from compliance.kernel.errors import NotFoundError
from compliance.reporting.protocols.standing import ProtocolStanding, production_versions, standing_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from django.db.models import QuerySet

    from compliance.authorisations.models import Authorisation
    from compliance.authorisations.requests.content import RequestContent
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestText
    from compliance.authorisations.suspensions import Suspended


@dataclass(frozen=True, slots=True)
class Edition:
    """One published text, numbered from 1 in the order of publication, and the version that put it into use."""

    number: int
    request: AuthorisationRequest
    text: RequestText
    published_at: datetime
    version: AuthorisationVersion | None

    @property
    def content(self) -> RequestContent:
        """What the request said when the text was kept."""
        return read(self.text.content)


@dataclass(frozen=True, slots=True)
class PublishedProtocol:
    """An authorisation that stands in the public register."""

    authorisation: Authorisation
    editions: tuple[Edition, ...]
    versions: tuple[AuthorisationVersion, ...]
    standing: ProtocolStanding
    ended_at: datetime | None

    @property
    def code(self) -> str:
        """The code of the authorisation."""
        return self.authorisation.code

    @property
    def edition(self) -> Edition:
        """The edition that holds: the last that was put into use, or the last that was published."""
        used = [one for one in self.editions if one.version is not None]
        return used[-1] if used else self.editions[-1]

    @property
    def changed_at(self) -> datetime:
        """When something of it last changed: published, put into use, or ended."""
        moments = [one.published_at for one in self.editions]
        moments += [one.registered_at for one in self.versions]
        return max(*moments, self.ended_at) if self.ended_at else max(moments)

    def numbered(self, number: int) -> Edition:
        """Return an edition. Raises :class:`NotFoundError`."""
        found = next((one for one in self.editions if one.number == number), None)
        if found is None:
            raise NotFoundError
        return found


def published_protocols(*, at: datetime) -> list[PublishedProtocol]:
    """Return all, the last published first. Four queries; the texts themselves are read when they are needed."""
    return _read(RequestEvent.objects.defer("text__protocol"), at)


def published_protocol(code: str, *, at: datetime) -> PublishedProtocol:
    """Return one. Raises :class:`NotFoundError` when nothing was published under this code. Four queries."""
    named = Q(request__granted__code=code) | Q(request__authorisation__code=code)
    found = next((one for one in _read(RequestEvent.objects.filter(named), at) if one.code == code), None)
    if found is None:
        raise NotFoundError
    return found


def published_as(request: AuthorisationRequest) -> Authorisation:
    """Return under which authorisation a published request stands: what it amends or renews, or what it was granted."""
    authorisation: Authorisation | None = request.authorisation if request.replaces else request.granted
    assert authorisation is not None  # noqa: S101 - what is published was granted
    return authorisation


def _read(steps: QuerySet[RequestEvent], at: datetime) -> list[PublishedProtocol]:
    events = steps.filter(act=RequestAct.PUBLISH).order_by("at", "id")
    by_authorisation: dict[Authorisation, list[RequestEvent]] = {}
    for event in events.select_related("text", "request__granted", "request__authorisation"):
        by_authorisation.setdefault(published_as(event.request), []).append(event)
    keys = [one.pk for one in by_authorisation]
    versions: dict[int, list[AuthorisationVersion]] = {key: [] for key in keys}
    for version in AuthorisationVersion.objects.filter(authorisation__in=keys).order_by("number"):
        versions[version.authorisation_id].append(version)
    withdrawals = AuthorisationWithdrawal.objects.filter(authorisation__in=keys)
    withdrawn = dict(withdrawals.values_list("authorisation_id", "withdrawn_from"))
    held = suspensions()
    found = [
        _protocol(one, told, versions[one.pk], withdrawn.get(one.pk), held.get(one.pk, ()), at)
        for one, told in by_authorisation.items()
    ]
    return sorted(found, key=lambda one: (one.editions[-1].published_at, one.code), reverse=True)


def _protocol(
    authorisation: Authorisation,
    events: list[RequestEvent],
    versions: list[AuthorisationVersion],
    withdrawn_from: datetime | None,
    suspended: Iterable[Suspended],
    at: datetime,
) -> PublishedProtocol:
    live = production_versions(versions)
    by_document = {(one.document_reference, one.document_digest): one for one in live}
    editions = tuple(
        Edition(
            number=number,
            request=event.request,
            text=event.text,
            published_at=event.at,
            version=by_document.get((event.request.code, event.text.protocol_digest)),
        )
        for number, event in enumerate(events, 1)
    )
    ended = all(RequestState(one.request.state) in ENDED for one in editions)
    standing = standing_of(live, withdrawn_from=withdrawn_from, suspended=suspended, ended=ended, at=at)
    return PublishedProtocol(
        authorisation=authorisation,
        editions=editions,
        versions=tuple(live),
        standing=standing,
        ended_at=_ended_at(live, withdrawn_from, editions, at) if standing is ProtocolStanding.ENDED else None,
    )


def _ended_at(
    live: list[AuthorisationVersion], withdrawn_from: datetime | None, editions: tuple[Edition, ...], at: datetime
) -> datetime:
    begun = [one.valid_until for one in live if one.valid_from <= at]
    ends = [end for end in (withdrawn_from, begun[-1] if begun else None) if end is not None]
    return min(ends, default=max(one.request.state_since for one in editions))
