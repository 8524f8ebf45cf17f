"""Exchanges that no authorisation covered, by the first reason of their verdict."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.grouped import GAVE, PRODUCTION, exchanges_where, finding, grouped
from compliance.detection.detectors.rules.outside import CATEGORY_OUTSIDE, with_categories_beyond

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

ELSEWHERE: Final = ("covered", "expired")
CEILING: Final = "condition-broken/ceiling"


def detect(window: Window, baseline: Baseline, _settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find exchanges without cover; what is told by a rule of its own is left to it."""
    rows = window.traffic.filter(PRODUCTION & ~pl.col("verdict").is_in(ELSEWHERE))
    if rows.is_empty():
        return
    first = pl.col("reasons").fill_null("").str.split(",").list.first().fill_null("")
    rows = with_categories_beyond(rows.with_columns(first=first)).filter(
        (pl.col("first") != CEILING) & ~((pl.col("verdict") == CATEGORY_OUTSIDE) & (pl.col("beyond_authorised") != ""))
    )
    condition = pl.col("verdict") == "condition-broken"
    rows = rows.with_columns(series=pl.when(condition & (pl.col("first") != "")).then("first").otherwise("verdict"))
    for group in grouped(
        rows,
        *("partner", "service", "series"),
        first=GAVE.cast(pl.Int8),
        gave=exchanges_where(GAVE),
        authorisation=pl.col("authorisation").drop_nulls().min(),
    ):
        gave = group.told["gave"]
        yield finding(
            NO_COVER,
            group,
            window=window,
            baseline=baseline,
            tier=Tier.LAW if gave else Tier.PATTERN,
            score=1.0 if gave else 0.5,
            series=group.key["series"],
            facts={"kind": group.key["series"], "gave": gave, "authorisation": group.told["authorisation"] or ""},
        )


NO_COVER: Final = Detector(id="no-cover", family=Family.COVER, tier=Tier.LAW, parameters=(), detect=detect)
