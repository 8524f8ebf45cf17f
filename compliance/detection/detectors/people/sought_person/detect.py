"""A person whom many users suddenly look at without explanation: the famous, and who is in the news."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.people.telling import tell
from compliance.detection.detectors.people.visits import visits
from compliance.detection.detectors.tails import ladder_tail, reached

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

ID: Final = "sought-person"
_SPAN: Final = 28


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield a finding for each person at whom more users look than a missing dossier explains."""
    days = int(settings["days"])
    since = window.day - timedelta(days=days - 1)
    today = visits(window, baseline).filter("unexplained").select("person", "partner", "user")
    persons = today.select("person").unique()
    past = baseline.pairs.filter((pl.col("unexplained") > 0) & (pl.col("day") < window.day))
    lately = past.filter(pl.col("day") >= since).select("person", "partner", "user")
    looking = pl.concat([today, lately.join(persons, on="person", how="semi")]).unique()
    sought = (
        looking.group_by("person")
        .agg(users=pl.len(), partners=pl.col("partner").n_unique())
        .filter(pl.col("users") >= settings["fewest"])
        .sort("person")
    )
    if sought.is_empty():
        return
    span = past.filter((pl.col("day") < since) & (pl.col("day") >= since - timedelta(days=_SPAN)))
    block = (pl.lit(window.day) - pl.col("day")).dt.total_days() // days
    before = span.group_by("person", block.alias("block")).agg(users=pl.struct("partner", "user").n_unique())["users"]
    climbed = reached(before.to_numpy())
    often = ladder_tail(sought["users"].to_numpy(), climbed=climbed) * max(1, climbed[0]) / _SPAN * days
    tested = max(1, persons.height)
    for row, expected in zip(sought.iter_rows(named=True), often, strict=True):
        if expected > settings["false_alarms"]:
            continue
        yield tell(
            window.look_ups.filter(pl.col("person") == row["person"]).join(
                today, on=["person", "partner", "user"], how="semi"
            ),
            window=window,
            baseline=baseline,
            detector=ID,
            person=row["person"],
            tail=min(1.0, float(expected) / tested),
            facts={
                "users": row["users"],
                "partners": row["partners"],
                "days": days,
                "kind": "partners" if row["partners"] > 1 else None,
            },
        )


DETECTOR: Final = Detector(
    id=ID,
    family=Family.PEOPLE,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="days", default=3, unit="days", least=1, most=14),
        Parameter(name="fewest", default=3, unit="users", least=2, most=100),
        Parameter(name="false_alarms", default=0.1, unit="a day", least=0.001, most=10),
    ),
    detect=detect,
)
