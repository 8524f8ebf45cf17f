"""The same user and the same person again and again, without any explanation."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.people.telling import tell
from compliance.detection.detectors.people.visits import PAIR, visits
from compliance.detection.detectors.tails import ladder_tail, reached

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

ID: Final = "same-person-again"


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield a finding for each pair that met on too many days for a dossier that is missing."""
    since = window.day - timedelta(days=int(settings["days"]))
    today = visits(window, baseline).filter("unexplained").select(PAIR)
    past = baseline.pairs.lazy().filter((pl.col("day") < window.day) & (pl.col("day") >= since))
    alone = past.filter(pl.col("unexplained") > 0).group_by(PAIR).agg(before=pl.col("day").n_unique()).collect()
    again = (
        today.join(alone, on=PAIR)
        .with_columns(times=pl.col("before") + 1)
        .filter(pl.col("times") >= settings["fewest"])
        .join(baseline.pairs.filter(pl.col("direct") > 0).select(PAIR).unique(), on=PAIR, how="anti")
        .sort(PAIR)
    )
    if again.is_empty():
        return
    climbed = reached(alone["before"].to_numpy())
    often = ladder_tail(again["times"].to_numpy(), climbed=climbed) * climbed[0] * 2 / max(1.0, settings["days"])
    tested = max(1, today.height)
    rows = window.look_ups
    for row, expected in zip(again.iter_rows(named=True), np.asarray(often), strict=True):
        if expected > settings["false_alarms"]:
            continue
        yield tell(
            rows.filter(
                (pl.col("partner") == row["partner"])
                & (pl.col("user") == row["user"])
                & (pl.col("person") == row["person"])
            ),
            window=window,
            baseline=baseline,
            detector=ID,
            partner=row["partner"],
            user=row["user"],
            person=row["person"],
            tail=min(1.0, float(expected) / tested),
            facts={"times": row["times"], "days": int(settings["days"])},
        )


DETECTOR: Final = Detector(
    id=ID,
    family=Family.PEOPLE,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="days", default=30, unit="days", least=5, most=90),
        Parameter(name="fewest", default=3, unit="days", least=2, most=30),
        Parameter(name="false_alarms", default=0.1, unit="a day", least=0.001, most=10),
    ),
    detect=detect,
)
