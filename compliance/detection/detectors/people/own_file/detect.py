"""A user's own file, or that of somebody at home, as far as the source could match them by their keys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.people.telling import tell
from compliance.detection.detectors.people.visits import PAIR, visits

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

ID: Final = "own-file"


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield a finding for each user and each person who is the user, or who lives with them."""
    told = visits(window, baseline).with_columns(
        relation=pl.when(pl.col("user") == pl.col("person")).then(pl.lit("self")).otherwise("relation")
    )
    excused = settings["with_dossier"] < 1
    near = told.filter(
        pl.col("relation").is_not_null() & ((pl.col("relation") == "self") | pl.col("unexplained") | (not excused))
    ).sort(PAIR)
    rows = window.look_ups.join(near.select(PAIR), on=PAIR, how="semi")
    for row in near.iter_rows(named=True):
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
            score=0.9 if row["unexplained"] else 0.6,
            facts={"kind": row["relation"]},
        )


DETECTOR: Final = Detector(
    id=ID,
    family=Family.PEOPLE,
    tier=Tier.PATTERN,
    parameters=(Parameter(name="with_dossier", default=0, unit="1 to see those with a dossier too", least=0, most=1),),
    detect=detect,
)
