"""What users are used to: how many of their visits nothing explained, in the weeks before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl
from scipy import stats

from compliance.detection.detectors.people.remembered import remembered
from compliance.detection.detectors.people.visits import PAIR, USER
from compliance.detection.detectors.tails import Prior, beta_prior

if TYPE_CHECKING:
    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.window import Window

LATEST: Final = 14
"""Days just before the window that are judged themselves, and so are no measure."""
SPAN: Final = 42
"""Days before these that are the measure."""
_LEAST_CLUSTERING: Final = 0.002
_TOO_UNLIKELY: Final = 1e-4


@dataclass(frozen=True, slots=True)
class Habits:
    """``users``: by partner and user, visits and strange ones in the span. ``priors``: by partner, and "" for all.

    ``clustering`` says how much more alike the visits of one day are than those of many: 0 when not at all.
    """

    users: pl.DataFrame
    daily: pl.DataFrame
    priors: dict[str, Prior]
    clustering: dict[str, float]


@remembered
def habits(window: Window, baseline: Baseline) -> Habits:
    """Return the habits of all users."""
    daily = daily_visits(window, baseline)
    until = window.day - timedelta(days=LATEST)
    measured = _ordinary(daily.filter((pl.col("day") < until) & (pl.col("day") >= until - timedelta(days=SPAN))))
    users = measured.group_by(USER).agg(days=pl.len(), visits=pl.col("visits").sum(), strange=pl.col("strange").sum())
    priors = {"": _prior(users)}
    clustering = {"": _clustering(measured, users)}
    for (partner,), own in users.group_by("partner"):
        priors[str(partner)] = _prior(own)
        clustering[str(partner)] = _clustering(measured.filter(pl.col("partner") == partner), own)
    return Habits(users, daily, priors, clustering)


@remembered
def daily_visits(window: Window, baseline: Baseline) -> pl.DataFrame:
    """Return, by partner, user and day before the window, visits and how many of these were strange."""
    pairs = baseline.pairs.lazy().filter(pl.col("day") < window.day)
    since = window.day - timedelta(days=LATEST + SPAN)
    recent = pairs.filter(pl.col("day") >= since)
    wanting = recent.filter((pl.col("unexplained") > 0) & (pl.col("unexplained") == pl.col("look_ups"))).select(
        *PAIR, "day"
    )
    first = pairs.join(wanting.select(PAIR).unique(), on=PAIR, how="semi").group_by(PAIR).agg(first=pl.col("day").min())
    strange = (
        wanting.join(first, on=PAIR)
        .filter(pl.col("day") == pl.col("first"))
        .group_by(*USER, "day")
        .agg(strange=pl.len())
    )
    return (
        recent.group_by(*USER, "day")
        .agg(visits=pl.len())
        .join(strange, on=[*USER, "day"], how="left")
        .with_columns(pl.col("strange").fill_null(0))
        .collect()
    )


def _ordinary(daily: pl.DataFrame) -> pl.DataFrame:
    """Leave out days that are so unlikely that they may be what is looked for, and are no measure."""
    shares = daily.group_by("partner").agg(share=(pl.col("strange").sum() + 0.5) / (pl.col("visits").sum() + 1))
    known = daily.join(shares, on="partner", maintain_order="left")
    tails = stats.binom.sf(
        known["strange"].cast(pl.Int64).to_numpy() - 1, known["visits"].to_numpy(), known["share"].to_numpy()
    )
    return daily.filter(pl.Series(np.asarray(tails) >= _TOO_UNLIKELY))


def _prior(users: pl.DataFrame) -> Prior:
    return beta_prior(users["strange"].to_numpy(), users["visits"].to_numpy())


def _clustering(daily: pl.DataFrame, users: pl.DataFrame) -> float:
    """Return the correlation within a day, by moments about each user's own share."""
    known = daily.join(users.select(*USER, all="visits", hits="strange"), on=USER)
    tries = known["visits"].to_numpy().astype(float)
    share = (known["hits"].to_numpy() + 0.1) / (known["all"].to_numpy() + 1.0)
    noise = share * (1 - share)
    excess = float(((known["strange"].to_numpy() - tries * share) ** 2 - tries * noise).sum())
    pairs = float((tries * np.maximum(tries - 1, 0) * noise).sum())
    return float(np.clip(excess / pairs if pairs else 0.0, _LEAST_CLUSTERING, 0.5))
