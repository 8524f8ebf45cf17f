"""Findings to triage, as examples and as strategies."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from compliance.detection.detectors.finding import Family, Finding, Tier

MONDAY = datetime(2026, 11, 23, tzinfo=UTC)


def finding(*, day: float = 0, **told: Any) -> Finding:
    """Return a finding of an hour that begins some days after a Monday."""
    begins = MONDAY + timedelta(days=day)
    given: dict[str, Any] = {
        "detector": "same-person",
        "family": Family.PEOPLE,
        "tier": Tier.PATTERN,
        "period": f"{begins:%Y-%m-%d}",
        "begins": begins,
        "ends": begins + timedelta(hours=1),
        "partner": "VDAB",
        "score": 0.8,
    }
    return Finding(**(given | told))


DETECTORS = {Family.PEOPLE: "same-person", Family.COVER: "no-cover", Family.VOLUME: "spike", Family.DELIVERY: "drift"}


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    """Return any finding, of few partners and users, so that they meet."""
    family = draw(st.sampled_from(Family))
    tier = draw(st.sampled_from(Tier))
    return finding(
        day=draw(st.integers(0, 60)),
        detector=DETECTORS[family],
        family=family,
        tier=tier,
        partner=draw(st.sampled_from(["VDAB", "VMSW"])),
        user=draw(st.none() | st.integers(1, 3)) if family is Family.PEOPLE else None,
        person=draw(st.none() | st.integers(1, 2)) if family is Family.PEOPLE else None,
        tail=draw(st.floats(1e-12, 1)) if tier in {Tier.STATISTIC, Tier.PEER} else None,
        score=draw(st.floats(0, 1)),
        persons=draw(st.integers(0, 1_000)),
    )
