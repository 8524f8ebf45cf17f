"""Look-ups by people held against the dossiers that their organisation told us of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl
from scipy import stats

from compliance.detection.detectors.explanation import Explanation
from compliance.detection.detectors.rules.grouped import PRODUCTION

if TYPE_CHECKING:
    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.window import Window

UNEXPLAINED: Final = pl.col("explained").fill_null(Explanation.NONE) == Explanation.NONE

OWN_REFERENCE: Final = pl.col("asker") == pl.col("partner")
"""References are those of who asks: a vendor that asks for a partner has others, which no list of the partner holds."""

_SURE = 60.0


def look_ups_of_feeding_partners(window: Window, baseline: Baseline) -> pl.DataFrame:
    """Return look-ups by hand, in production, at partners that tell us of their dossiers."""
    by_hand = (pl.col("trigger") == "manual") & pl.col("user").is_not_null() & pl.col("person").is_not_null()
    return window.traffic.filter(PRODUCTION & by_hand & pl.col("partner").is_in(sorted(baseline.feeding)))


def quoted(dossiers: pl.DataFrame) -> pl.DataFrame:
    """Return each dossier once: partner, dossier, and the persons whose it is."""
    return (
        dossiers.filter(pl.col("dossier").is_not_null())
        .group_by("partner", "dossier")
        .agg(owners=pl.col("person").unique())
    )


def held(dossiers: pl.DataFrame, window: Window) -> pl.DataFrame:
    """Return each person of a partner once: is a dossier open that day, when did the last close, does the next open."""
    begun = pl.col("opened") <= window.day
    over = pl.col("closed").is_not_null() & (pl.col("closed") <= window.day)
    return (
        dossiers.filter(pl.col("person").is_not_null())
        .group_by("partner", "person")
        .agg(
            open=(begun & ~over).any(),
            last_closed=pl.col("closed").filter(over).max(),
            next_opened=pl.col("opened").filter(~begun).min(),
        )
    )


def unlike_colleagues(
    count: int, of: int, *, others: tuple[int, int], believed: tuple[float, float]
) -> tuple[float, float]:
    """Return the probability of so many or more among so many, when a user is as the others are; and their share.

    ``others`` is the same count of the partner's other users, ``believed`` what is believed before any was seen. People
    differ of themselves, so their share is taken to be known no better than :data:`_SURE` look-ups would tell
    (beta-binomial).
    """
    missing, quoting = others[0] + believed[0], others[1] + believed[1]
    share = missing / quoting
    sure = min(quoting, _SURE)
    return float(stats.betabinom.sf(count - 1, of, sure * share, sure * (1 - share))), share
