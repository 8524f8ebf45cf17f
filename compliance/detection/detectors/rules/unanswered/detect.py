"""Requests that get no answer: too large a share of them, or too many one after the other."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.grouped import PRODUCTION, exchanges_where, finding, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

_BY: Final = ("partner", "service")


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find partners and services with unanswered requests. One that waits for its answer is given time first."""
    lately = pl.col("at") > window.until - timedelta(minutes=settings["minutes_waiting"])
    waited = ~lately if window.until < window.ends else pl.lit(value=True)
    silent = (pl.col("outcome") == "unanswered") | ((pl.col("outcome") == "requested") & waited)
    known = (pl.col("outcome") != "requested") | waited
    rows = (
        window.traffic.lazy()
        .filter(PRODUCTION & known)
        .select("exchange", "at", "person", "delivered", *_BY, silent=silent)
        .filter(pl.col("silent").any().over(_BY))
        .collect()
    )
    if rows.is_empty():
        return
    each = rows.unique("exchange").sort("at", "exchange")
    streaks = dict(_streaks(each))
    for group in grouped(rows, *_BY, first=pl.col("silent").cast(pl.Int8), silent=exchanges_where(pl.col("silent"))):
        silent_count, of = group.told["silent"], group.exchanges
        streak = streaks[group.key["partner"], group.key["service"]]
        share = silent_count / of
        many = of >= settings["least_requests"] and share >= settings["share"]
        if not many and streak < settings["streak"]:
            continue
        yield finding(
            UNANSWERED,
            group,
            window=window,
            baseline=baseline,
            score=max(share, 1.0 - 0.5 ** (streak / settings["streak"])),
            facts={"unanswered": silent_count, "of": of, "share": round(100 * share), "streak": streak},
        )


def _streaks(each: pl.DataFrame) -> Iterator[tuple[tuple[str, str], int]]:
    """Yield the longest row of unanswered requests, by partner and service."""
    runs = (
        each.with_columns(run=pl.col("silent").rle_id().over(_BY))
        .filter("silent")
        .group_by(*_BY, "run")
        .len()
        .group_by(_BY)
        .agg(pl.col("len").max())
    )
    for partner, service, longest in runs.iter_rows():
        yield (partner, service), longest


UNANSWERED: Final = Detector(
    id="unanswered",
    family=Family.DELIVERY,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="share", default=0.25, unit="share of requests", least=0.01, most=1),
        Parameter(name="least_requests", default=20, unit="requests", least=1, most=10_000),
        Parameter(name="streak", default=15, unit="requests", least=2, most=10_000),
        Parameter(name="minutes_waiting", default=60, unit="minutes", least=1, most=1440),
    ),
    detect=detect,
)
