"""Exchanges on an authorisation that had ended."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.grouped import GAVE, PRODUCTION, exchanges_where, finding, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window


def detect(window: Window, baseline: Baseline, _settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find exchanges whose verdict is that the authorisation had expired."""
    rows = window.traffic.filter(PRODUCTION & (pl.col("verdict") == "expired"))
    ended = {cover.authorisation: cover.ends for cover in baseline.covers if cover.ends is not None}
    for group in grouped(
        rows, *("partner", "service", "authorisation"), first=GAVE.cast(pl.Int8), gave=exchanges_where(GAVE)
    ):
        authorisation, gave = group.key["authorisation"] or "", group.told["gave"]
        ends = ended.get(authorisation)
        yield finding(
            EXPIRED_COVER,
            group,
            window=window,
            baseline=baseline,
            tier=Tier.LAW if gave else Tier.PATTERN,
            score=1.0 if gave else 0.5,
            series=authorisation,
            facts={
                "authorisation": authorisation,
                "gave": gave,
                "days": None if ends is None else (group.ends - ends).days,
            },
        )


EXPIRED_COVER: Final = Detector(id="expired-cover", family=Family.COVER, tier=Tier.LAW, parameters=(), detect=detect)
