"""Load the instruments of the KBI's own world. A version is for ever, so only what is missing is registered."""

from __future__ import annotations

import tomllib
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import msgspec
from django.db import transaction

from compliance.authorisations.draft import Instrument, VersionDraft
from compliance.authorisations.models import Authorisation, AuthorisationWithdrawal
from compliance.authorisations.register_version import register_version
from compliance.authorisations.terms import Conditions
from compliance.authorisations.vocabulary import InstrumentKind
from compliance.authorisations.withdraw import withdraw
from compliance.kernel.clock import BRUSSELS
from compliance.registry.load import LOADER, Loaded

FIXTURE = Path(__file__).parent / "fixture" / "authorisations.toml"


@transaction.atomic
def load_authorisations(loaded: Loaded) -> Loaded:
    """Register the versions and withdrawals that are missing, and count them in ``loaded``. One transaction."""
    with FIXTURE.open("rb") as file:
        instruments = tomllib.load(file)["authorisation"]
    for row in instruments:
        instrument = Instrument(
            code=row["code"],
            kind=InstrumentKind(row["kind"]),
            title_nl=row["title_nl"],
            title_en=row["title_en"],
            title_fr=row["title_fr"],
        )
        _load_versions(instrument, row["version"], loaded)
        if "withdrawn_from" in row:
            _load_withdrawal(row, loaded)
    return loaded


def _load_versions(instrument: Instrument, versions: list[dict[str, Any]], loaded: Loaded) -> None:
    authorisation = Authorisation.objects.filter(code=instrument.code).first()
    present = authorisation.versions.count() if authorisation else 0
    loaded.unchanged += min(present, len(versions))
    for row in versions[present:]:
        register_version(instrument=instrument, draft=_draft(row), actor=LOADER, reason=row["reason"])
        loaded.created += 1


def _load_withdrawal(row: dict[str, Any], loaded: Loaded) -> None:
    authorisation = Authorisation.objects.get(code=row["code"])
    if AuthorisationWithdrawal.objects.filter(authorisation=authorisation).exists():
        loaded.unchanged += 1
        return
    moment = midnight(row["withdrawn_from"])
    withdraw(authorisation=authorisation, withdrawn_from=moment, actor=LOADER, reason=row["withdrawn_because"])
    loaded.created += 1


def _draft(row: dict[str, Any]) -> VersionDraft:
    return VersionDraft(
        provider=row["provider"],
        recipients=tuple(row["recipients"]),
        purposes=tuple(row["purposes"]),
        services=tuple(row["services"]),
        categories=tuple(row["categories"]),
        legal_bases=tuple(row["legal_bases"]),
        routes=tuple(row["routes"]),
        environments=tuple(row["environments"]),
        valid_from=midnight(row["valid_from"]),
        valid_until=midnight(row["valid_until"]) if "valid_until" in row else None,
        conditions=msgspec.convert(row.get("conditions", {}), Conditions),
        document_reference=row["document_reference"],
    )


def midnight(day: date) -> datetime:
    """Return the moment at which a day begins in Brussels."""
    return datetime.combine(day, time(), BRUSSELS)
