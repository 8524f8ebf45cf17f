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
_APART: Final = 30
_FIRST_VISITS: Final = 50


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield a finding for each pair that met more often than happens with persons whose dossier is only missing.

    A missing dossier is otherwise ordinary work: such persons come back as often as all others do at that partner.
    """
    days = int(settings["days"])
    since = window.day - timedelta(days=days)
    asked = window.look_ups.join(visits(window, baseline).filter("unexplained"), on=PAIR, how="semi")
    today = _occasions(asked)
    past = baseline.pairs.lazy().filter((pl.col("day") < window.day) & (pl.col("day") >= since))
    alone = past.filter(pl.col("unexplained") > 0).group_by(PAIR).agg(before=pl.len()).collect()
    again = (
        today.join(alone, on=PAIR, how="left")
        .with_columns(pl.col("before").fill_null(0))
        .with_columns(times=pl.col("before") + pl.col("occasions"))
        .filter(pl.col("times") >= settings["fewest"])
        .join(baseline.pairs.filter(pl.col("direct") > 0).select(PAIR), on=PAIR, how="anti")
        .sort(PAIR)
    )
    if again.is_empty():
        return
    revisits = past.group_by(PAIR).agg(times=pl.len()).group_by("partner", "times").agg(pairs=pl.len()).collect()
    twice = (
        _occasions(window.look_ups)
        .group_by("partner")
        .agg(twice=(pl.col("occasions") > 1).sum() + 1, visits=pl.len() + _FIRST_VISITS)
    )
    a_day = alone.group_by("partner").agg(alone=pl.len())
    rates = twice.join(a_day, on="partner", how="left")
    for row in again.join(rates, on="partner").sort(PAIR).iter_rows(named=True):
        steps = revisits.filter(pl.col("partner") == row["partner"])
        climbed = reached(np.repeat(steps["times"].to_numpy(), steps["pairs"].to_numpy()))
        often = float(ladder_tail([row["before"] + 1], climbed=climbed)[0])
        tail = often * (row["twice"] / row["visits"]) ** (row["occasions"] - 1)
        expected = tail * max(1.0, row["alone"] or 0.0) / days
        if expected > settings["false_alarms"]:
            continue
        yield tell(
            asked.filter(
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
            tail=min(1.0, tail),
            facts={"times": row["times"], "days": days},
        )


def _occasions(rows: pl.DataFrame) -> pl.DataFrame:
    """Return on how many occasions each user looked at each person: calls that follow each other are one."""
    return (
        rows.select(*PAIR, "at")
        .sort("at")
        .group_by(PAIR)
        .agg(occasions=(pl.col("at").diff() > timedelta(minutes=_APART)).sum() + 1)
    )


DETECTOR: Final = Detector(
    id=ID,
    family=Family.PEOPLE,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="days", default=30, unit="days", least=5, most=90),
        Parameter(name="fewest", default=3, unit="days", least=2, most=30),
        Parameter(name="false_alarms", default=0.25, unit="a day", least=0.001, most=10),
    ),
    detect=detect,
)
