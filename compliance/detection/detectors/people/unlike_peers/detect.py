"""A user unlike others at the same partner: far more persons in a day than they, or than the user before."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.people.habits import habits
from compliance.detection.detectors.people.telling import tell
from compliance.detection.detectors.people.visits import USER, visits
from compliance.detection.detectors.tails import gamma_poisson_tail, gamma_prior

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

ID: Final = "unlike-peers"
_BEYOND: Final = 1.3
"""How far beyond the busiest user of a thousand somebody must be: going through a list is work, too."""


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield a finding for each user who did in a day what neither their past nor their peers make likely."""
    daily = habits(window, baseline).daily
    today = visits(window, baseline).group_by(USER).agg(persons=pl.len())
    tested = max(1, today.height)
    for (partner,), own in sorted(today.group_by("partner"), key=lambda each: str(each[0][0])):
        days = daily.filter(pl.col("partner") == partner)
        if days.is_empty():
            continue
        past = days.group_by(USER).agg(days=pl.len(), count=pl.col("visits").sum())
        mean, busiest = float(days["visits"].mean()), float(days["visits"].quantile(0.999) or 0)  # type: ignore[arg-type]
        known = own.join(past, on=USER, how="left").with_columns(pl.col("days", "count").fill_null(0)).sort(USER)
        tail = gamma_poisson_tail(
            known["persons"].to_numpy(),
            exposure=np.ones(known.height),
            past_count=known["count"].to_numpy(),
            past_exposure=known["days"].to_numpy(),
            prior=gamma_prior(days["visits"].to_numpy(), np.ones(days.height)),
        )
        found = known.with_columns(tail=pl.Series(tail)).filter(
            (pl.col("tail") * tested <= settings["false_alarms"])
            & (pl.col("persons") >= settings["times"] * mean)
            & (pl.col("persons") > _BEYOND * busiest)
        )
        for row in found.iter_rows(named=True):
            yield tell(
                window.look_ups.filter((pl.col("partner") == partner) & (pl.col("user") == row["user"])),
                window=window,
                baseline=baseline,
                detector=ID,
                tier=Tier.PEER,
                partner=str(partner),
                user=row["user"],
                tail=row["tail"],
                facts={"seen": row["persons"], "expected": round(mean, 1)},
            )


DETECTOR: Final = Detector(
    id=ID,
    family=Family.PEOPLE,
    tier=Tier.PEER,
    parameters=(
        Parameter(name="false_alarms", default=0.05, unit="a day", least=0.001, most=10),
        Parameter(name="times", default=4, unit="times the mean", least=1, most=100),
    ),
    detect=detect,
)
