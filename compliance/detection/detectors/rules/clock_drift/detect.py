"""A producer whose clock is ahead of ours, or behind by the same all the time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.grouped import finding, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

AHEAD, BEHIND = "ahead", "behind"
_LIVE: Final = timedelta(hours=1)
"""Exchanges that began over less time than this do not tell a live delivery from a file."""
_MINUTE: Final = 60.0


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find clocks that are ahead (an exchange is recorded before it began) or behind.

    A file that comes late does so by as much as its exchanges lie apart; a clock that is behind is so by the same for
    all. Hence the delays from the tenth to the fiftieth percentile are compared: they must be large, and alike.
    """
    delay = (pl.col("recorded_at") - pl.col("at")).dt.total_microseconds() / 1e6
    rows = window.traffic.filter(pl.col("recorded_at").is_not_null()).with_columns(delay=delay)
    if rows.is_empty():
        return
    early = pl.col("delay") < -settings["seconds_ahead"]
    for group in grouped(rows.filter(early), "producer", first=-pl.col("delay"), most=-pl.col("delay").min()):
        if group.exchanges >= settings["least_ahead"]:
            yield finding(
                CLOCK_DRIFT,
                group,
                window=window,
                baseline=baseline,
                score=1.0,
                series=f"{group.key['producer']}/{AHEAD}",
                partner=group.key["producer"],
                facts={"producer": group.key["producer"], "kind": AHEAD, "seconds": round(group.told["most"])},
            )
    behind = _behind(rows, settings)
    for group in grouped(
        rows.join(behind, on="producer", how="semi").filter(~early), "producer", median=pl.col("delay").median()
    ):
        yield finding(
            CLOCK_DRIFT,
            group,
            window=window,
            baseline=baseline,
            score=0.8,
            series=f"{group.key['producer']}/{BEHIND}",
            partner=group.key["producer"],
            facts={"producer": group.key["producer"], "kind": BEHIND, "seconds": round(group.told["median"])},
        )


def _behind(rows: pl.DataFrame, settings: Mapping[str, float]) -> pl.DataFrame:
    """Return the producers whose delays are large and alike."""
    low, middle = pl.col("delay").quantile(0.1), pl.col("delay").quantile(0.5)
    return (
        rows.group_by("producer")
        .agg(
            low=low,
            middle=middle,
            exchanges=pl.col("exchange").n_unique(),
            span=pl.col("at").max() - pl.col("at").min(),
        )
        .filter(
            (pl.col("exchanges") >= settings["least_behind"])
            & (pl.col("span") >= _LIVE)
            & (pl.col("low") >= _MINUTE * settings["minutes_behind"])
            & (pl.col("middle") - pl.col("low") <= settings["seconds_alike"])
        )
    )


CLOCK_DRIFT: Final = Detector(
    id="clock-drift",
    family=Family.DELIVERY,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="seconds_ahead", default=5, unit="seconds", least=1, most=300),
        Parameter(name="least_ahead", default=3, unit="exchanges", least=1, most=1000),
        Parameter(name="minutes_behind", default=5, unit="minutes", least=1, most=1440),
        Parameter(name="seconds_alike", default=60, unit="seconds", least=1, most=3600),
        Parameter(name="least_behind", default=20, unit="exchanges", least=5, most=10_000),
    ),
    detect=detect,
)
