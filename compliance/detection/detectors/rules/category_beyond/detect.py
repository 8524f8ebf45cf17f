"""Categories delivered that the authorisation does not hold, or that were not even asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.grouped import PRODUCTION, finding, grouped
from compliance.detection.detectors.rules.outside import with_categories_beyond

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

AUTHORISED, REQUESTED = "authorised", "requested"
_MOST_NAMED: Final = 10


def detect(window: Window, baseline: Baseline, _settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find what was delivered beyond what was authorised; failing that, beyond what was requested."""
    rows = window.traffic.filter(
        PRODUCTION & (pl.col("delivered").fill_null("") != "") & (pl.col("delivered") != pl.col("requested"))
        | (PRODUCTION & pl.col("reasons").str.contains("category-outside", literal=True))
    )
    if rows.is_empty():
        return
    authorised = pl.col("beyond_authorised") != ""
    rows = (
        with_categories_beyond(rows)
        .filter(authorised | (pl.col("beyond_requested") != ""))
        .with_columns(
            than=pl.when(authorised).then(pl.lit(AUTHORISED)).otherwise(pl.lit(REQUESTED)),
            beyond=pl.when(authorised).then("beyond_authorised").otherwise("beyond_requested"),
        )
    )
    sensitive = pl.col("beyond").str.split(",").list.eval(pl.element().is_in(sorted(baseline.sensitive))).list.sum()
    for group in grouped(
        rows,
        *("partner", "service", "than"),
        first=sensitive,
        beyond=pl.col("beyond").unique(),
        authorisation=_AUTHORISATION,
    ):
        named = sorted({code for codes in group.told["beyond"] for code in codes.split(",")})
        yield finding(
            CATEGORY_BEYOND,
            group,
            window=window,
            baseline=baseline,
            score=1.0,
            series=group.key["than"],
            facts={
                "kind": group.key["than"],
                "categories": ", ".join(named[:_MOST_NAMED]),
                "how_many": len(named),
                "authorisation": group.told["authorisation"] or "",
            },
        )


_AUTHORISATION: Final = pl.col("authorisation").drop_nulls().min()
CATEGORY_BEYOND: Final = Detector(
    id="category-beyond", family=Family.COVER, tier=Tier.LAW, parameters=(), detect=detect
)
