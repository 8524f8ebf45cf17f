"""Numbers that a producer gave and that never came: exchanges that were not reported."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Finding, Tier
from compliance.detection.detectors.rules.grouped import MOST_EVIDENCE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.window import Window

_LONGEST_TOLD: Final = 5


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find gaps between the numbers that each producer gave.

    While the day goes on, what follows a gap must have been there for a while. A producer that starts to count anew is
    not held against what it gave before.
    """
    rows = window.traffic.filter(pl.col("sequence").is_not_null())
    if rows.is_empty():
        return
    rows = rows.select("producer", "sequence", "at", "exchange").unique(("producer", "sequence"))
    known = pl.concat(
        [
            rows,
            window.corrected.select("producer", "sequence"),
            baseline.sequences.select("producer", sequence="last"),
        ],
        how="diagonal",
    )
    before = pl.col("sequence").shift(1).over("producer")
    lately = pl.col("at") > window.until - timedelta(minutes=settings["minutes_patient"])
    patient = ~lately if window.until < window.ends else pl.lit(value=True)
    gaps = (
        known.group_by("producer", "sequence")
        .agg(pl.col("exchange", "at").drop_nulls().first())
        .sort("producer", "sequence")
        .with_columns(missing=pl.col("sequence") - before - 1, since=before + 1)
        .filter((pl.col("missing") > 0) & pl.col("exchange").is_not_null() & patient)
        .filter(pl.col("missing") <= settings["most_missing"])
        .sort("producer", "at", "exchange")
    )
    for (producer,), found in gaps.group_by("producer", maintain_order=True):
        yield _finding(str(producer), found, window)


def _finding(producer: str, gaps: pl.DataFrame, window: Window) -> Finding:
    missing = int(gaps.get_column("missing").sum())
    told = gaps.sort("missing", "since", descending=[True, False]).head(_LONGEST_TOLD)
    spans = ", ".join(
        f"{since}" if count == 1 else f"{since}-{since + count - 1}"
        for since, count in told.select("since", "missing").iter_rows()
    )
    begins, ends = gaps.select(first=pl.col("at").min(), last=pl.col("at").max()).row(0)
    return Finding(
        detector=SEQUENCE_GAP.id,
        family=SEQUENCE_GAP.family,
        tier=SEQUENCE_GAP.tier,
        period=window.day.isoformat(),
        begins=begins,
        ends=ends,
        partner=producer,
        series=producer,
        score=1.0 - 0.5**missing,
        facts={"producer": producer, "missing": missing, "gaps": len(gaps), "numbers": spans},
        evidence=tuple(gaps.get_column("exchange").head(MOST_EVIDENCE)),
        exchanges=len(gaps),
    )


SEQUENCE_GAP: Final = Detector(
    id="sequence-gap",
    family=Family.DELIVERY,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="minutes_patient", default=60, unit="minutes", least=1, most=1440),
        Parameter(name="most_missing", default=1_000_000, unit="numbers", least=1, most=1_000_000_000),
    ),
    detect=detect,
)
