"""A user who looks up more persons without any explanation than this user, and this partner, are used to."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.people.habits import Habits, habits
from compliance.detection.detectors.people.telling import tell
from compliance.detection.detectors.people.visits import PAIR, USER, visits
from compliance.detection.detectors.tails import beta_binomial_tail

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

ID: Final = "without-dossiers"
_SPANS: Final = (1, 3, 7, 14)


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield a finding for each user whose strange look-ups of today, or of these last days, are too many for chance."""
    seen = visits(window, baseline)
    past = habits(window, baseline)
    today = seen.group_by(USER).agg(
        visits=pl.len(), strange=pl.col("strange").sum(), unexplained=pl.col("unexplained").sum()
    )
    judged = today.filter(pl.col("strange") > 0).sort(USER)
    if judged.is_empty():
        return
    tested = max(1, today.height)
    found = _spans(judged, past, window, fewest=int(settings["fewest"]))
    flagged = found.filter(pl.col("tail") * tested <= settings["false_alarms"])
    strange = seen.filter("strange")
    rows = window.look_ups.join(strange.select(PAIR), on=PAIR, how="semi")
    for row in flagged.iter_rows(named=True):
        yield tell(
            rows.filter((pl.col("partner") == row["partner"]) & (pl.col("user") == row["user"])),
            window=window,
            baseline=baseline,
            detector=ID,
            tier=Tier.PATTERN,
            partner=row["partner"],
            user=row["user"],
            tail=row["tail"],
            facts={
                "seen": row["seen"],
                "of": row["of"],
                "days": row["span"],
                "kind": "days" if row["span"] > 1 else None,
                "expected": round(row["expected"], 1),
            },
        )


def _spans(judged: pl.DataFrame, past: Habits, window: Window, *, fewest: int) -> pl.DataFrame:
    """Return each user with the span in which the look-ups without explanation are least likely."""
    own = judged.join(past.users.select(*USER, all="visits", hits="strange"), on=USER, how="left").with_columns(
        pl.col("all").fill_null(0), pl.col("hits").fill_null(0)
    )
    alpha, beta = _shapes(own, past)
    tables = []
    for span in _SPANS:
        since = window.day - timedelta(days=span - 1)
        before = (
            past.daily.filter(pl.col("day") >= since)
            .group_by(USER)
            .agg(before=pl.col("visits").sum(), strange_before=pl.col("strange").sum())
        )
        table = own.join(before, on=USER, how="left").with_columns(
            of=pl.col("visits") + pl.col("before").fill_null(0),
            seen=pl.col("strange") + pl.col("strange_before").fill_null(0),
            span=pl.lit(span),
        )
        tail = beta_binomial_tail(table["seen"].to_numpy(), trials=table["of"].to_numpy(), alpha=alpha, beta=beta)
        tables.append(
            table.with_columns(
                tail=pl.Series(np.minimum(1.0, tail * len(_SPANS))),
                expected=pl.Series(table["of"].to_numpy() * alpha / (alpha + beta)),
            ).filter(pl.col("seen") >= fewest)
        )
    return pl.concat(tables).sort(*USER, "tail", "span").unique(USER, keep="first", maintain_order=True)


def _shapes(own: pl.DataFrame, past: Habits) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return what is believed of each user's share: their past, shrunk to the partner's, no surer than days allow."""
    priors = [past.priors.get(partner, past.priors[""]) for partner in own["partner"]]
    most = np.array([1 / past.clustering.get(partner, past.clustering[""]) - 1 for partner in own["partner"]])
    hits, tries = own["hits"].to_numpy(), own["all"].to_numpy()
    alpha = np.array([prior.first for prior in priors]) + hits
    beta = np.array([prior.second for prior in priors]) + tries - hits
    weight = np.minimum(1.0, most / (alpha + beta))
    return alpha * weight, beta * weight


DETECTOR: Final = Detector(
    id=ID,
    family=Family.PEOPLE,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="false_alarms", default=0.1, unit="a day", least=0.001, most=10),
        Parameter(name="fewest", default=4, unit="persons", least=2, most=100),
    ),
    detect=detect,
)
