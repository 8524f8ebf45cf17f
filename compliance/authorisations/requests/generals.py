"""General authorisations that stand, and those that already allow what somebody asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authorisations.standing import speaking_versions
from compliance.authorisations.vocabulary import InstrumentKind

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.authorisations.models import AuthorisationVersion
    from compliance.authorisations.requests.content import RequestContent


def standing_generals(*, at: datetime) -> list[AuthorisationVersion]:
    """Return the versions of general authorisations that stand at a moment, by code. One query."""
    return [version for version in speaking_versions(at=at) if version.authorisation.kind == InstrumentKind.GENERAL]


def generals_covering(content: RequestContent, *, at: datetime) -> list[AuthorisationVersion]:
    """Return those that allow everything that a request asks for; none while it asks for no data. One query."""
    if not content.data.categories:
        return []
    return [version for version in standing_generals(at=at) if _covers(version, content)]


def _covers(version: AuthorisationVersion, content: RequestContent) -> bool:
    named = set(version.services)
    return (
        version.provider == content.parties.provider
        and all(service in named or service.partition("/")[0] in named for service in content.data.services)
        and set(content.categories) <= set(version.categories)
        and set(content.purposes.purposes) <= set(version.purposes)
    )
