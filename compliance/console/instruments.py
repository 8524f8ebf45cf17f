"""Authorisations and how they stand: in force, suspended, ending, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from compliance.authorisations.models import Authorisation, AuthorisationVersion, AuthorisationWithdrawal
from compliance.authorisations.suspensions import suspensions

if TYPE_CHECKING:
    from collections.abc import Iterable

SOON = timedelta(days=90)


class Standing(StrEnum):
    """How an instrument stands at a moment."""

    SUSPENDED = "suspended"
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
    """Return all authorisations, or those that name an organisation; what ends first comes first. Four queries."""
    withdrawn = dict(AuthorisationWithdrawal.objects.values_list("authorisation_id", "withdrawn_from"))
    suspended = {
        key
        for key, stretches in suspensions().items()
        if any(start <= at and (end is None or at < end) for start, end in stretches)
    }
    found = [
        _instrument(
            authorisation,
            list(authorisation.versions.all()),
            at,
            withdrawn=withdrawn.get(authorisation.pk),
            suspended=authorisation.pk in suspended,
        )
        for authorisation in Authorisation.objects.prefetch_related("versions")
        if not party or any(names_party(version, party) for version in authorisation.versions.all())
    ]
    order = list(Standing)
    return sorted(found, key=lambda one: (order.index(one.standing), str(one.ends or "~"), one.authorisation.code))


def names_party(version: AuthorisationVersion, party: str) -> bool:
    """Tell whether this organisation is a side of a version."""
    return party == version.provider or party in version.recipients


def _instrument(
    authorisation: Authorisation,
    versions: Iterable[AuthorisationVersion],
    at: datetime,
    *,
    withdrawn: datetime | None,
    suspended: bool,
) -> Instrument:
    ordered = sorted(versions, key=lambda version: version.number)
    begun = [version for version in ordered if version.valid_from <= at]
    version = begun[-1] if begun else ordered[0]
    ends = min((moment for moment in (version.valid_until, withdrawn) if moment is not None), default=None)
    standing = _standing(version, withdrawn, ends, at)
    if suspended and standing in {Standing.IN_FORCE, Standing.ENDING}:
        standing = Standing.SUSPENDED
    return Instrument(authorisation, version, len(ordered), standing, ends)


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
