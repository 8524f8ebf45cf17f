"""Authorisations and how they stand: in force, ending, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from compliance.authorisations.models import Authorisation, AuthorisationVersion, AuthorisationWithdrawal

if TYPE_CHECKING:
    from collections.abc import Iterable

SOON = timedelta(days=90)


class Standing(StrEnum):
    """How an instrument stands at a moment."""

    ENDING = "ending"
    IN_FORCE = "in-force"
    NOT_YET = "not-yet"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Instrument:
    """An authorisation, the version that speaks at a moment, and how it stands."""

    authorisation: Authorisation
    version: AuthorisationVersion
    versions: int
    standing: Standing
    ends: datetime | None


def instruments(*, at: datetime, party: str = "") -> list[Instrument]:
    """Return all authorisations, or those that name an organisation; what ends first comes first. Three queries."""
    withdrawn = dict(AuthorisationWithdrawal.objects.values_list("authorisation_id", "withdrawn_from"))
    found = [
        _instrument(authorisation, list(authorisation.versions.all()), withdrawn.get(authorisation.pk), at)
        for authorisation in Authorisation.objects.prefetch_related("versions")
        if not party or any(names_party(version, party) for version in authorisation.versions.all())
    ]
    order = list(Standing)
    return sorted(found, key=lambda one: (order.index(one.standing), str(one.ends or "~"), one.authorisation.code))


def names_party(version: AuthorisationVersion, party: str) -> bool:
    """Tell whether this organisation is a side of a version."""
    return party == version.provider or party in version.recipients


def _instrument(
    authorisation: Authorisation, versions: Iterable[AuthorisationVersion], withdrawn: datetime | None, at: datetime
) -> Instrument:
    ordered = sorted(versions, key=lambda version: version.number)
    begun = [version for version in ordered if version.valid_from <= at]
    version = begun[-1] if begun else ordered[0]
    ends = min((moment for moment in (version.valid_until, withdrawn) if moment is not None), default=None)
    return Instrument(authorisation, version, len(ordered), _standing(version, withdrawn, ends, at), ends)


def _standing(
    version: AuthorisationVersion, withdrawn: datetime | None, ends: datetime | None, at: datetime
) -> Standing:
    if withdrawn is not None and withdrawn <= at:
        return Standing.WITHDRAWN
    if version.valid_from > at:
        return Standing.NOT_YET
    if ends is None:
        return Standing.IN_FORCE
    if ends <= at:
        return Standing.EXPIRED
    return Standing.ENDING if ends - at <= SOON else Standing.IN_FORCE
