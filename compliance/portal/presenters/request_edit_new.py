"""The first question: join what exists, ask something new, or change what one has."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.authorisations.requests.generals import standing_generals
from compliance.authorisations.requests.propose import own_versions
from compliance.authorisations.vocabulary import InstrumentKind
from compliance.console.presenters import words
from compliance.console.presenters.authorisation_list import title_of
from compliance.console.presenters.names import Names

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.authorisations.models import AuthorisationVersion


@dataclass(frozen=True, slots=True)
class Covering:
    """An authorisation and what it covers, in words."""

    code: str
    title: str
    kind: str
    purposes: str
    services: str
    categories: str
    routes: str
    ends: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class NewRequest:
    """What can be chosen."""

    generals: tuple[Covering, ...]
    own: tuple[Covering, ...]


def present_new(organisation: str, *, at: datetime) -> NewRequest:
    """Gather the general authorisations that stand, and the organisation's own."""
    names = Names()
    return NewRequest(
        generals=tuple(_covering(version, organisation, names) for version in standing_generals(at=at)),
        own=tuple(
            _covering(version, organisation, names)
            for version in own_versions(organisation, at=at)
            if len(version.recipients) == 1  # what others share is not theirs to change
        ),
    )


def _covering(version: AuthorisationVersion, organisation: str, names: Names) -> Covering:
    return Covering(
        code=version.authorisation.code,
        title=title_of(version.authorisation),
        kind=words.sentence(str(InstrumentKind(version.authorisation.kind).label)),
        purposes=words.enumeration([names.purpose(code) for code in version.purposes]),
        services=words.enumeration([names.service(*code.partition("/")[::2]) for code in version.services]),
        categories=words.enumeration([names.category(code) for code in version.categories]),
        routes=words.enumeration([names.route(code) for code in version.routes]),
        ends=words.day(words.local_day(version.valid_until)) if version.valid_until else "",
        is_ours=organisation in version.recipients,
    )
