"""The register and the authorisations as they stood at one revision, kept in memory by every process.

Every change of either appends a ``RegisterChange``, whose id is the revision. A writer reads the
revision in its own transaction and loads again when it has moved, so that a decision works in every
process from the next record on, without a message that could be lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, cast

import msgspec
from django.db import connection

from compliance.authorisations.covers import Coverage
from compliance.authorisations.models import AuthorisationUse, AuthorisationVersion
from compliance.authorisations.suspensions import suspensions
from compliance.authorisations.terms import Conditions, Terms, period_start
from compliance.authorisations.usage import Usage
from compliance.kernel.clock import microseconds
from compliance.registry.models import DataCategory, LegalBasis, Organisation, Purpose, Route, Service
from compliance.registry.revision import current_revision

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date, datetime

    from compliance.authorisations.terms import Period, Stretch
    from compliance.registry.named import Named


class Document(NamedTuple):
    """The paper of a version: its reference, and its SHA-256 where it is known."""

    reference: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What a writer needs to know of the register at one revision, and who answers questions.

    ``categories`` have their number in the register, ``services`` are ``CODE/version``, ``documents`` go by
    ``CODE/number``. ``limited`` are the instruments of which some version sets a ceiling, ``limited_between``
    has these, with the period of the ceiling, by the parties (recipient, provider) of the version.
    """

    revision: int
    organisations: frozenset[str]
    routes: frozenset[str]
    services: frozenset[str]
    purposes: frozenset[str]
    legal_bases: frozenset[str]
    categories: Mapping[str, int]
    documents: Mapping[str, Document]
    terms: tuple[Terms, ...]
    coverage: Coverage
    limited: frozenset[str]
    limited_between: Mapping[tuple[str, str], frozenset[tuple[str, Period]]]


_USES = (
    "SELECT authorisation, period, period_start, count FROM compliance_authorisationuse "
    "WHERE authorisation = ANY(%s) AND period_start = ANY(%s)"
)
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
    versions = _versions()
    terms = tuple(_terms(version, suspended.get(version.authorisation_id, ())) for version in versions)
    limited = [version for version in terms if version.conditions.ceilings]
    return Snapshot(
        revision=revision,
        organisations=_codes(Organisation),
        routes=_codes(Route),
        services=frozenset(f"{code}/{version}" for code, version in Service.objects.values_list("code", "version")),
        purposes=_codes(Purpose),
        legal_bases=_codes(LegalBasis),
        categories=dict(DataCategory.objects.values_list("code", "pk")),
        documents={
            str(version): Document(version.document_reference, version.document_digest)
            for version in versions
            if version.document_reference
        },
        terms=terms,
        coverage=Coverage(terms),
        limited=frozenset(version.authorisation for version in limited),
        limited_between=_between(limited),
    )


def _between(limited: Iterable[Terms]) -> dict[tuple[str, str], frozenset[tuple[str, Period]]]:
    found: dict[tuple[str, str], frozenset[tuple[str, Period]]] = {}
    for version in limited:
        ceilings = frozenset((version.authorisation, ceiling.period) for ceiling in version.conditions.ceilings)
        for party in version.recipients:
            parties = (party, version.provider)
            found[parties] = found.get(parties, frozenset()) | ceilings
    return found


def _codes(kind: type[Named]) -> frozenset[str]:
    return frozenset(kind._default_manager.values_list("code", flat=True))


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


def usage_between(snapshot: Snapshot, *, recipient: str, provider: str, at: int) -> Usage:
    """Return the uses that ceilings between two parties ask for at a moment (microseconds since 1970).

    One query, and none where they have no ceiling.
    """
    ceilings = snapshot.limited_between.get((recipient, provider))
    if not ceilings:
        return Usage()
    with connection.cursor() as cursor:  # in plain SQL: the gate asks it for every question
        cursor.execute(
            _USES, [list({name for name, _ in ceilings}), [*{period_start(at=at, period=p) for _, p in ceilings}]]
        )
        return Usage({(name, period, start): count for name, period, start, count in cursor.fetchall()})
