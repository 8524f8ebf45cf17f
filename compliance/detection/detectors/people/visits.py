"""A visit: all that a user asked about a person in a day. Calls come in bursts; people look at persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.explanation import Explanation
from compliance.detection.detectors.people.remembered import remembered

if TYPE_CHECKING:
    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.window import Window

USER: Final = ("partner", "user")
PAIR: Final = ("partner", "user", "person")


@remembered
def visits(window: Window, baseline: Baseline) -> pl.DataFrame:
    """Return the visits of the day: who, to whom, when first, and whether nothing explains it.

    ``strange`` is an unexplained visit to a person whom the user did not look at in the days that are kept.
    """
    told = (
        window.look_ups.lazy()
        .group_by(PAIR)
        .agg(
            group=pl.col("group").min(),
            at=pl.col("at").min(),
            unexplained=(pl.col("explained") == Explanation.NONE.value).all(),
            relation=pl.col("relation").min(),
            number_range=pl.col("number_range").min(),
        )
        .collect()
    )
    wanting = told.filter("unexplained").select(PAIR)
    seen = baseline.pairs.lazy().select(PAIR).join(wanting.lazy(), on=PAIR, how="semi").unique().collect()
    strange = wanting.join(seen, on=PAIR, how="anti").with_columns(strange=True)
    return told.join(strange, on=PAIR, how="left").with_columns(pl.col("strange").fill_null(value=False))
