"""The register and the authorisations as they stood at one revision, kept in memory by every process.

Every change of either appends a ``RegisterChange``, whose id is the revision. A writer reads the
revision in its own transaction and loads again when it has moved, so that a decision works in every
process from the next record on, without a message that could be lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import msgspec

from compliance.authorisations.covers import Coverage
from compliance.authorisations.models import AuthorisationUse, AuthorisationVersion
from compliance.authorisations.suspensions import suspensions
from compliance.authorisations.terms import Conditions, Period, Terms
from compliance.authorisations.usage import Usage
from compliance.kernel.clock import microseconds
from compliance.registry.models import Organisation, Route
from compliance.registry.revision import current_revision

if TYPE_CHECKING:
    from datetime import date, datetime

    from compliance.authorisations.terms import Stretch


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a writer needs to know of the register at one revision."""

    revision: int
    organisations: frozenset[str]
    routes: frozenset[str]
    terms: tuple[Terms, ...]
    coverage: Coverage

    @property
    def limited(self) -> frozenset[str]:
        """The instruments of which some version sets a ceiling."""
        return frozenset(terms.authorisation for terms in self.terms if terms.conditions.ceilings)


_latest: Snapshot | None = None


def current_snapshot(*, revision: int | None = None) -> Snapshot:
    """Return the register as it stands, loaded only when its revision has moved since this process looked.

    ``revision`` is for a caller who has just read it. Read again until the revision is the same before
    and after, so that a snapshot is of one revision.
    """
    global _latest  # noqa: PLW0603 - one cache a process; replaced whole, so readers see one or the other
    revision = current_revision() if revision is None else revision
    while _latest is None or _latest.revision != revision:
        loaded = _load(revision)
        revision = current_revision()
        if loaded.revision == revision:
            _latest = loaded
    return _latest


def _load(revision: int) -> Snapshot:
    suspended = {
        authorisation: tuple((microseconds(start), _optional(end)) for start, end in stretches)
        for authorisation, stretches in suspensions().items()
    }
    terms = tuple(_terms(version, suspended.get(version.authorisation_id, ())) for version in _versions())
    return Snapshot(
        revision=revision,
        organisations=frozenset(Organisation.objects.values_list("code", flat=True)),
        routes=frozenset(Route.objects.values_list("code", flat=True)),
        terms=terms,
        coverage=Coverage(terms),
    )


def _versions() -> list[AuthorisationVersion]:
    related = AuthorisationVersion.objects.select_related("authorisation", "authorisation__withdrawal")
    return list(related.order_by("authorisation__code", "number"))


def _terms(version: AuthorisationVersion, suspended: tuple[Stretch, ...]) -> Terms:
    withdrawal = getattr(version.authorisation, "withdrawal", None)
    return Terms(
        authorisation=version.authorisation.code,
        number=version.number,
        provider=version.provider,
        recipients=frozenset(version.recipients),
        services=frozenset(version.services),
        categories=frozenset(version.categories),
        purposes=frozenset(version.purposes),
        legal_bases=frozenset(version.legal_bases),
        routes=frozenset(version.routes),
        environments=frozenset(version.environments),
        valid_from=microseconds(version.valid_from),
        valid_until=_optional(version.valid_until),
        withdrawn_from=_optional(withdrawal and withdrawal.withdrawn_from),
        suspended=suspended,
        conditions=msgspec.convert(version.conditions, Conditions),
    )


def _optional(moment: datetime | None) -> int | None:
    return None if moment is None else microseconds(moment)


def usage_of(snapshot: Snapshot) -> Usage:
    """Return how often the instruments with a ceiling were used, as far as the followers have counted."""
    if not snapshot.limited:
        return Usage()
    rows = AuthorisationUse.objects.filter(authorisation__in=snapshot.limited)
    counted: dict[tuple[str, str, date], int] = {
        (row.authorisation, cast("Period", row.period), row.period_start): row.count for row in rows
    }
    return Usage(counted)
