"""A small world for tests of recording: the bank, two partners, and one protocol of VDAB's."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec

from compliance.authorisations.models import Authorisation, AuthorisationVersion
from compliance.exchanges.recorded import Reporter
from compliance.exchanges.submission import Submission
from compliance.kernel.actor import system
from compliance.registry.models import Organisation, RegisterChange, Route
from compliance.registry.vocabulary import OrganisationKind, RouteKind
from compliance.simulation.numbers import synthetic_insz

START = datetime(2016, 3, 1, 9, 14, 3, 120_000, tzinfo=UTC)
INSZ = synthetic_insz(1)
OTHER_INSZ = synthetic_insz(2)
GATEWAY = Reporter(actor=system("magda-gateway"), organisation="MAGDA", reports_for=frozenset({"KBI", "VDAB"}))


def make_world() -> None:
    """Keep the register that these tests need."""
    for code in ("KBI", "VDAB", "VMSW", "MAGDA", "DISCIMUS"):
        Organisation.objects.get_or_create(
            code=code,
            defaults={"kind": OrganisationKind.AUTHORITY, "name_nl": code, "name_en": code, "name_fr": code},
        )
    Route.objects.get_or_create(
        code="MAGDA",
        defaults={"kind": RouteKind.MAGDA, "name_nl": "MAGDA", "name_en": "MAGDA", "name_fr": "MAGDA"},
    )
    instrument, _ = Authorisation.objects.get_or_create(
        code="TEST-PROTOCOL", defaults={"kind": "protocol", "title_nl": "t", "title_en": "t", "title_fr": "t"}
    )
    AuthorisationVersion.objects.create(
        authorisation=instrument,
        number=1,
        provider="KBI",
        recipients=["VDAB"],
        services=["KBI-TRAJECT"],
        categories=["IDENTIFICATIE", "TRAJECT"],
        purposes=["BEMIDDELING"],
        legal_bases=["VDAB-DECREET"],
        routes=["MAGDA"],
        environments=["production"],
        valid_from=datetime(2014, 12, 1, tzinfo=UTC),
        registered_at=START,
        registered_by="operator",
        reason="test",
    )
    RegisterChange.objects.create(
        kind="test", code="world", version=1, state={}, changed_at=START, changed_by="operator", reason="test"
    )


def fields(**changes: Any) -> dict[str, Any]:
    """Return a good report as JSON fields, with changes; a change to ``None`` leaves the field out."""
    report: dict[str, Any] = {
        "message_reference": "VDAB-2016-000001",
        "started_at": "2016-03-01T09:14:03.120000Z",
        "asker": {"organisation": "VDAB", "application": "Mijn loopbaan", "user": {"kind": "local", "value": "u-77"}},
        "source": "KBI",
        "service": {"code": "KBI-TRAJECT", "version": "1.0"},
        "purpose": "BEMIDDELING",
        "legal_basis": "VDAB-DECREET",
        "route": "MAGDA",
        "direction": "provided",
        "outcome": "succeeded",
        "producer": "KBI",
        "producer_sequence": 1,
        "subjects": [{"kind": "insz", "value": INSZ}],
        "dossier": "D-2016-0042",
        "categories_requested": ["IDENTIFICATIE", "TRAJECT"],
        "categories_delivered": ["IDENTIFICATIE"],
        "search_keys": ["insz"],
        "record_count": 1,
        "trigger": "manual",
    }
    report.update(changes)
    return {name: value for name, value in report.items() if value is not None}


def report(**changes: Any) -> Submission:
    """Return a good report, with changes to its JSON fields."""
    return msgspec.convert(fields(**changes), Submission)
