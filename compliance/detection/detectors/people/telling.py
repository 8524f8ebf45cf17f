"""Make findings of what people did: the evidence, and how much there is of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from compliance.detection.detectors.finding import Fact, Family, Finding, Tier
from compliance.detection.detectors.tails import score_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    import polars as pl

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.window import Window

MOST_EVIDENCE: Final = 50


def tell(
    rows: pl.DataFrame,
    *,
    window: Window,
    baseline: Baseline,
    detector: str,
    facts: Mapping[str, Fact],
    tier: Tier = Tier.PATTERN,
    user: int | None = None,
    person: int | None = None,
    partner: str = "",
    service: str = "",
    tail: float | None = None,
    score: float | None = None,
) -> Finding:
    """Return a finding on rows of the day's traffic, of which there is at least one; the first are the most telling."""
    ordered = rows.sort("at", "exchange")
    categories = {
        category for delivered in ordered["delivered"].drop_nulls().unique() for category in delivered.split(",")
    }
    exchanges = ordered["exchange"].unique(maintain_order=True)
    begins, ends = ordered["at"][0], ordered["at"][-1]
    return Finding(
        detector=detector,
        family=Family.PEOPLE,
        tier=tier,
        period=window.day.isoformat(),
        begins=begins,
        ends=ends,
        partner=partner,
        service=service,
        user=user,
        person=person,
        tail=tail,
        score=score_of(tail if tail is not None else 1.0) if score is None else score,
        facts={"partner": partner, "service": service, **facts} if partner else facts,
        evidence=tuple(exchanges[:MOST_EVIDENCE].to_list()),
        exchanges=exchanges.len(),
        persons=ordered["person"].drop_nulls().n_unique(),
        categories=tuple(sorted(categories & baseline.sensitive)),
    )
