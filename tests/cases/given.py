"""Findings as detection keeps them, for the tests of cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from compliance.detection.detectors.finding import Family, Finding, Tier
from compliance.detection.models import Finding as Row
from compliance.kernel.clock import BRUSSELS, now

if TYPE_CHECKING:
    from datetime import date

SEED = UUID("2b0e1a4c-9c1f-4a5a-8f1e-3d6a5b7c8d9e")
USER = 4_711


def today() -> date:
    return now().astimezone(BRUSSELS).date()


def moment(day: date, hour: int = 10) -> datetime:
    return datetime.combine(day, time(hour), BRUSSELS).astimezone(UTC)


def finding(*, detector: str = "same-person-again", day: date | None = None, **more: Any) -> Finding:
    """Return what a detector saw of a user of VDAB: a pattern, unless it is said otherwise."""
    on = day or today()
    given: dict[str, Any] = {
        "detector": detector,
        "family": Family.PEOPLE,
        "tier": Tier.PATTERN,
        "period": f"{on:%Y-%m-%d}",
        "begins": moment(on),
        "ends": moment(on, 11),
        "partner": "VDAB",
        "service": "persoonslijst",
        "user": USER,
        "score": 0.9,
        "facts": {"look_ups": 6, "days": 3},
        "exchanges": 6,
        "persons": 1,
        "categories": ("identity",),
        **more,
    }
    given["evidence"] = tuple(str(uuid5(SEED, f"{detector}{on}{number}")) for number in range(given["exchanges"]))
    return Finding(**given)


def found(*findings: Finding, at: datetime | None = None) -> list[Row]:
    """Keep findings as detection does, and return their rows."""
    moment = at or now()
    return [
        Row.objects.create(
            key=one.key,
            **{
                name: getattr(one, name)
                for name in (
                    "detector",
                    "period",
                    "begins",
                    "ends",
                    "partner",
                    "service",
                    "series",
                    "user",
                    "person",
                    "tail",
                    "score",
                    "exchanges",
                    "persons",
                )
            },
            family=one.family.value,
            tier=one.tier.value,
            facts=dict(one.facts),
            evidence=[UUID(exchange) for exchange in one.evidence],
            categories=list(one.categories),
            days=[one.begins.astimezone(BRUSSELS).date()],
            found_at=moment,
            seen_at=moment,
        )
        for one in findings
    ]


def of_rule(finding: Finding, detector: str = "no-cover") -> Finding:
    """Return a finding of a broken rule of law instead."""
    return replace(finding, detector=detector, family=Family.COVER, tier=Tier.LAW, user=None)


def days_ago(count: int) -> date:
    return today() - timedelta(days=count)
