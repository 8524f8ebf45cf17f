"""A message that comes again at another moment: the same producer, the same reference."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.grouped import finding, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

_MESSAGE: Final = ("producer", "reference")
_SAME: Final = ("asker", "service", "purpose", "requested", "delivered", "outcome", "_about")


def detect(window: Window, baseline: Baseline, _settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find exchanges whose message was recorded before, in the window or in the days kept.

    A retry of one report is recognised when it is recorded, so whatever stands here twice began twice.
    """
    rows = window.traffic
    each = rows.select("exchange", *_MESSAGE).unique()
    twice = each.group_by(_MESSAGE).len().filter(pl.col("len") > 1).select(_MESSAGE)
    before = baseline.references.join(each, on=_MESSAGE, how="semi").sort("at", "exchange")
    before = before.group_by(_MESSAGE, maintain_order=True).agg(earlier=pl.col("exchange").first())
    again = pl.concat([twice, before.select(_MESSAGE)]).unique()
    if again.is_empty():
        return
    met = rows.join(again, on=_MESSAGE, how="semi").join(before, on=_MESSAGE, how="left")
    about = met.group_by("exchange").agg(_about=pl.col("person").drop_nulls().unique().sort())
    met = met.join(about, on="exchange", how="left").sort("at", "exchange")
    first = pl.col("exchange").first().over(_MESSAGE)
    met = met.with_columns(
        original=pl.coalesce("earlier", first),
        alike=(pl.struct(_SAME) == pl.struct(_SAME).first().over(_MESSAGE)),
    )
    replays = met.filter(pl.col("exchange") != pl.col("original"))
    for group in grouped(
        replays,
        *("partner", "service", "producer"),
        first=pl.col("alike").cast(pl.Int8),
        alike=pl.col("exchange").filter("alike").n_unique(),
        messages=pl.col("reference").n_unique(),
        original=pl.col("original").first(),
    ):
        yield finding(
            REPLAYED_REFERENCE,
            group,
            window=window,
            baseline=baseline,
            score=1.0,
            series=group.key["producer"],
            facts={
                "producer": group.key["producer"],
                "messages": group.told["messages"],
                "alike": group.told["alike"],
                "original": group.told["original"],
            },
        )


REPLAYED_REFERENCE: Final = Detector(
    id="replayed-reference", family=Family.DELIVERY, tier=Tier.LAW, parameters=(), detect=detect
)
