"""What a section can take over: from the organisation's authorisations, and from what it asked before."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from compliance.authorisations.requests.content import (
    Bases,
    Delivery,
    Part,
    Purposes,
    Recipients,
    RequestContent,
    RequestedData,
    Wanted,
    part_of,
)
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.propose import own_versions
from compliance.authorisations.requests.vocabulary import RequestState, Section
from compliance.authorisations.terms import Conditions
from compliance.registry.named import in_language

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.authorisations.models import AuthorisationVersion

P = TypeVar("P", bound=Part)
EARLIER = 3
"""Enough earlier requests to find words in; a list of all would help nobody."""


class Offer(NamedTuple):
    """What the section would say after taking over from a ``source`` (an authorisation's or a request's code)."""

    source: str
    title: str
    part: Part


def offers(request: AuthorisationRequest, section: Section, *, at: datetime) -> list[Offer]:
    """Return what would add something to a section, each source once. Two queries."""
    standing = part_of(request.said, section)
    found = [
        Offer(version.authorisation.code, _title(version), _part(version, section)) for version in _own(request, at)
    ]
    found += [
        Offer(earlier.code, earlier.said.parties.title, part_of(earlier.said, section)) for earlier in _earlier(request)
    ]
    taken: list[Offer] = []
    for offer in found if section is not Section.PARTIES else ():
        part = taken_over(standing, offer.part)
        if part != standing and part not in [one.part for one in taken]:
            taken.append(offer._replace(part=part))
    return taken


def taken_over(standing: P, offered: Part) -> P:
    """Return a section with what another adds: lists grow, what is empty is filled, nothing that stands is lost."""
    changes = {}
    for name in standing.__struct_fields__:
        mine, theirs = getattr(standing, name), getattr(offered, name)
        if isinstance(mine, tuple):
            changes[name] = _grown(mine, theirs)
        elif not mine:
            changes[name] = theirs
    return msgspec.structs.replace(standing, **changes)


def _grown(mine: tuple[object, ...], theirs: tuple[object, ...]) -> tuple[object, ...]:
    reasons = {one.category: one.why for one in theirs if isinstance(one, Wanted)}
    kept = tuple(
        Wanted(one.category, one.why or reasons.get(one.category, "")) if isinstance(one, Wanted) else one
        for one in mine
    )
    named = {_name(one) for one in mine}
    return (*kept, *(one for one in theirs if _name(one) not in named))


def _name(one: object) -> object:
    return one.category if isinstance(one, Wanted) else one


def _own(request: AuthorisationRequest, at: datetime) -> list[AuthorisationVersion]:
    return own_versions(request.organisation.code, at=at)


def _earlier(request: AuthorisationRequest) -> list[AuthorisationRequest]:
    others = AuthorisationRequest.objects.of(request.organisation.code).exclude(pk=request.pk)
    return list(others.exclude(state__in=(RequestState.DRAFT, RequestState.REFUSED)).order_by("-id")[:EARLIER])


def _title(version: AuthorisationVersion) -> str:
    return in_language(version.authorisation, "title")


def _part(version: AuthorisationVersion, section: Section) -> Part:
    conditions = msgspec.convert(version.conditions, Conditions)
    said: dict[Section, Part] = {
        Section.PURPOSES: Purposes(purposes=tuple(version.purposes)),
        Section.DATA: RequestedData(
            services=tuple(version.services), categories=tuple(Wanted(code) for code in version.categories)
        ),
        Section.LEGAL_BASIS: Bases(recipient_bases=tuple(version.legal_bases)),
        Section.RECIPIENTS: Recipients(user_groups=conditions.user_groups),
        Section.RHYTHM: Delivery(routes=tuple(version.routes)),
    }
    return said.get(section, part_of(RequestContent(), section))
