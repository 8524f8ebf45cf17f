"""Users who quote dossiers that their organisation never told us of, far more than their colleagues do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl
from scipy import stats

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.dossiers import (
    OWN_REFERENCE,
    UNEXPLAINED,
    look_ups_of_feeding_partners,
    quoted,
)
from compliance.detection.detectors.rules.grouped import exchanges_where, finding, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

_PRIOR_MISSING, _PRIOR_ALL = 1.0, 4.0
"""What is believed of colleagues before they were seen: one dossier in four is missing, on the word of four."""


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Hold each user's share of unknown dossiers against that of the others of the partner that day.

    The others' share is uncertain where they are few, so the count is held against a beta-binomial.
    """
    rows = look_ups_of_feeding_partners(window, baseline).filter(pl.col("dossier").is_not_null() & OWN_REFERENCE)
    if rows.is_empty():
        return
    known = quoted(baseline.dossiers)
    missing = pl.col("owners").is_null() & UNEXPLAINED
    rows = rows.join(known, on=("partner", "dossier"), how="left").with_columns(missing=missing)
    totals = dict(_totals(rows))
    for group in grouped(
        rows, *("partner", "user"), first=pl.col("missing").cast(pl.Int8), missing=exchanges_where(pl.col("missing"))
    ):
        count, quoting = group.told["missing"], group.exchanges
        if count < settings["least_missing"]:
            continue
        all_missing, all_quoting = totals[group.key["partner"]]
        a = all_missing - count + _PRIOR_MISSING
        b = (all_quoting - quoting) - (all_missing - count) + _PRIOR_ALL - _PRIOR_MISSING
        tail = float(stats.betabinom.sf(count - 1, quoting, a, b))
        if tail > settings["tail"]:
            continue
        yield finding(
            MISSING_DOSSIER,
            group,
            window=window,
            baseline=baseline,
            score=1.0 - tail,
            tail=tail,
            facts={
                "look_ups": quoting,
                "missing": count,
                "usual": round(100 * a / (a + b)),
            },
        )


def _totals(rows: pl.DataFrame) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield, by partner, how many exchanges quote a dossier that is missing, and how many quote any."""
    found = rows.group_by("partner").agg(
        missing=exchanges_where(pl.col("missing")), quoting=pl.col("exchange").n_unique()
    )
    for partner, missing, quoting in found.iter_rows():
        yield partner, (missing, quoting)


MISSING_DOSSIER: Final = Detector(
    id="missing_dossier",
    family=Family.PEOPLE,
    tier=Tier.STATISTIC,
    parameters=(
        Parameter(name="least_missing", default=3, unit="look-ups", least=1, most=100),
        Parameter(name="tail", default=0.001, unit="probability", least=1e-9, most=0.1),
    ),
    detect=detect,
)
