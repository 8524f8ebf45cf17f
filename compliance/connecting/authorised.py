"""By which authorisation a partner may exchange in an environment, as the verdict will see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authorisations.snapshot import current_snapshot
from compliance.kernel.clock import microseconds

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.authorisations.terms import Terms
    from compliance.connecting.models import Connection


def authorisations_of(organisation: str, *, at: datetime) -> list[Terms]:
    """Return the versions in force at a moment that have this organisation (code) on one side. One index probe."""
    moment = microseconds(at)
    return [
        version
        for version in _speaking(current_snapshot().terms, moment)
        if _stands(version, moment) and (organisation in version.recipients or organisation == version.provider)
    ]


def authorised_for(connection: Connection, *, environment: str, at: datetime) -> list[Terms]:
    """Return the versions in force that let a connection's partner exchange in an environment, by its route."""
    return [
        version
        for version in authorisations_of(connection.organisation.code, at=at)
        if environment in version.environments
        and connection.route.code in version.routes
        and connection.authorisation in {"", version.authorisation}
    ]


def _speaking(terms: Iterable[Terms], moment: int) -> list[Terms]:
    """Return of each instrument the newest version that began."""
    newest: dict[str, Terms] = {}
    for version in terms:
        if version.valid_from <= moment:
            other = newest.get(version.authorisation)
            if other is None or version.number > other.number:
                newest[version.authorisation] = version
    return list(newest.values())


def _stands(version: Terms, moment: int) -> bool:
    ends = (version.valid_until, version.withdrawn_from)
    return not version.is_suspended(moment) and all(end is None or moment < end for end in ends)
