"""Exchanges in the KBI's own world, recorded through the real writer."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import msgspec

from compliance.exchanges.record import record
from compliance.exchanges.recorded import Reporter
from compliance.exchanges.submission import Submission
from compliance.kernel.actor import system
from compliance.simulation.numbers import synthetic_insz

if TYPE_CHECKING:
    from uuid import UUID

AT = datetime(2016, 3, 12, 13, 3, 22, 120_000, tzinfo=UTC)
INSZ = synthetic_insz(1)
USER = "u-77"
DOSSIER = "D-2016-0042"
REPORTER = Reporter(actor=system("magda-gateway"), organisation="KBI")


def fields(**changes: Any) -> dict[str, Any]:
    """Return a covered exchange of VDAB's as JSON fields, with changes; ``None`` leaves a field out."""
    report: dict[str, Any] = {
        "message_reference": "VDAB-160312-0001",
        "started_at": AT.isoformat(),
        "ended_at": (AT + timedelta(milliseconds=296)).isoformat(),
        "asker": {
            "organisation": "VDAB",
            "application": "Mijn Loopbaan",
            "user": {"kind": "local", "value": USER, "group": "bemiddelaar"},
        },
        "source": "KBI",
        "service": {"code": "KBI-DOSSIER", "version": "1.0"},
        "purpose": "JOB-MEDIATION",
        "legal_basis": "VDAB-2004",
        "route": "MAGDA",
        "direction": "provided",
        "outcome": "succeeded",
        "subjects": [{"kind": "insz", "value": INSZ}],
        "dossier": DOSSIER,
        "categories_requested": ["IDENTIFICATION", "TRAJECTORY"],
        "categories_delivered": ["IDENTIFICATION"],
        "search_keys": ["insz"],
        "record_count": 1,
        "trigger": "manual",
        "chain": {"correlation_id": "corr-1", "request_id": "req-1"},
    }
    report.update(changes)
    return {name: value for name, value in report.items() if value is not None}


def report(**changes: Any) -> Submission:
    """Return the exchange as its producer reports it."""
    return msgspec.convert(fields(**changes), Submission)


def recorded(**changes: Any) -> UUID:
    """Record one exchange; return its number."""
    return record(reports=[report(**changes)], reporter=REPORTER)[0].id


def recorded_many(count: int, **changes: Any) -> list[UUID]:
    """Record exchanges a minute apart, the oldest first."""
    reports = [
        report(
            **{
                "message_reference": f"VDAB-160312-{number:04}",
                "started_at": (AT + timedelta(minutes=number)).isoformat(),
                "ended_at": None,
                **changes,
            }
        )
        for number in range(count)
    ]
    return [answer.id for answer in record(reports=reports, reporter=REPORTER)]


VMSW: dict[str, Any] = {
    "message_reference": "VMSW-160312-0001",
    "asker": {"organisation": "VMSW", "application": "Sociale huur"},
    "service": {"code": "KBI-STATUUT", "version": "1.0"},
    "purpose": "HOUSING-CONDITION",
    "legal_basis": "WOON-1997",
    "categories_requested": ["IDENTIFICATION", "INTEGRATION-STATUS"],
    "trigger": "automatic",
}
"""What differs in an exchange of VMSW's."""
