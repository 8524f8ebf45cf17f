"""A user of whom nothing was heard for months looks up persons again, without dossiers."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.people.habits import habits
from compliance.detection.detectors.people.telling import tell
from compliance.detection.detectors.people.visits import PAIR, USER, visits
from compliance.detection.detectors.tails import beta_binomial_tail

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

ID: Final = "dormant-user"


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield a finding for each user who was away for long and comes back to persons nobody there had to do with."""
    away = window.day - timedelta(days=int(settings["days"]))
    seen = (
        baseline.known.filter(pl.col("user").is_not_null() & (pl.col("last") < window.day))
        .group_by(USER)
        .agg(last=pl.col("last").max())
    )
    today = visits(window, baseline)
    unexplained = today.filter("unexplained")
    woken = (
        seen.filter(pl.col("last") < away)
        .join(today.group_by(USER).agg(visits=pl.len(), persons=pl.col("unexplained").sum()), on=USER)
        .filter(pl.col("persons") >= settings["fewest"])
        .sort(USER)
    )
    if woken.is_empty():
        return
    priors = habits(window, baseline).priors
    believed = [priors.get(partner, priors[""]) for partner in woken["partner"]]
    tail = beta_binomial_tail(
        woken["persons"].to_numpy(),
        trials=woken["visits"].to_numpy(),
        alpha=[prior.first for prior in believed],
        beta=[prior.second for prior in believed],
    )
    woken = woken.with_columns(tail=pl.Series(tail)).filter(pl.col("tail") <= settings["unlikely"])
    rows = window.look_ups.join(unexplained.select(PAIR), on=PAIR, how="semi")
    for row in woken.iter_rows(named=True):
        yield tell(
            rows.filter((pl.col("partner") == row["partner"]) & (pl.col("user") == row["user"])),
            window=window,
            baseline=baseline,
            detector=ID,
            partner=row["partner"],
            user=row["user"],
            tail=row["tail"],
            score=min(1.0, 0.6 + row["persons"] / 25),
            facts={"days": (window.day - row["last"]).days, "persons": row["persons"]},
        )


DETECTOR: Final = Detector(
    id=ID,
    family=Family.PEOPLE,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="days", default=30, unit="days", least=14, most=400),
        Parameter(name="fewest", default=3, unit="persons", least=1, most=50),
        Parameter(name="unlikely", default=0.01, unit="probability", least=0.0001, most=1),
    ),
    detect=detect,
)
