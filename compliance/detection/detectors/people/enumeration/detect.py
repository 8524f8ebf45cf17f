"""Numbers tried one after the other: many persons of one user stand in the same ranges of numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.people.telling import tell
from compliance.detection.detectors.people.visits import PAIR, USER, visits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

ID: Final = "enumeration"


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield a finding for each user with many unexplained persons whose numbers are near each other."""
    near = (
        visits(window, baseline)
        .filter(pl.col("unexplained") & pl.col("number_range").is_not_null())
        .filter(pl.len().over(*USER, "number_range") >= settings["in_a_range"])
    )
    users = near.group_by(USER).agg(persons=pl.len(), ranges=pl.col("number_range").n_unique())
    flagged = users.filter(pl.col("persons") >= settings["fewest"]).sort(USER)
    if flagged.is_empty():
        return
    rows = window.look_ups.join(near.select(PAIR), on=PAIR, how="semi")
    for row in flagged.iter_rows(named=True):
        yield tell(
            rows.filter((pl.col("partner") == row["partner"]) & (pl.col("user") == row["user"])),
            window=window,
            baseline=baseline,
            detector=ID,
            partner=row["partner"],
            user=row["user"],
            score=min(1.0, 0.6 + row["persons"] / 50),
            facts={"persons": row["persons"], "ranges": row["ranges"]},
        )


DETECTOR: Final = Detector(
    id=ID,
    family=Family.PEOPLE,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="fewest", default=4, unit="persons", least=3, most=200),
        Parameter(name="in_a_range", default=3, unit="persons", least=2, most=50),
    ),
    detect=detect,
)
