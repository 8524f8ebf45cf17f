"""A search by name, and then many persons opened one after the other."""

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

ID: Final = "name-search"
NAMES: Final = ("name", "name-birth-date", "address")
"""Search keys that find persons whose number is not known."""


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield a finding for each user who opened many strange persons soon after a search by name."""
    asked = window.production.filter((pl.col("trigger") == "manual") & pl.col("user").is_not_null())
    searches = asked.filter(pl.col("search_keys").str.split(",").list.eval(pl.element().is_in(NAMES)).list.any())
    strange = visits(window, baseline).filter("strange").select(PAIR)
    busy = strange.group_by(USER).agg(persons=pl.len()).filter(pl.col("persons") >= settings["fewest"])
    begins = searches.join(busy, on=USER, how="semi").select(*USER, searched="at").unique()
    if begins.is_empty():
        return
    opened = window.look_ups.join(strange, on=PAIR, how="semi")
    after = (
        begins.join(opened.select(*PAIR, "at"), on=USER)
        .filter(
            (pl.col("at") >= pl.col("searched"))
            & (pl.col("at") <= pl.col("searched") + pl.duration(minutes=int(settings["minutes"])))
        )
        .group_by(*USER, "searched")
        .agg(persons=pl.col("person").n_unique(), last=pl.col("at").max())
        .filter(pl.col("persons") >= settings["fewest"])
        .sort(*USER, "persons", "searched", descending=[False, False, True, False])
        .unique(USER, keep="first", maintain_order=True)
    )
    for row in after.iter_rows(named=True):
        yield tell(
            opened.filter(
                (pl.col("partner") == row["partner"])
                & (pl.col("user") == row["user"])
                & pl.col("at").is_between(row["searched"], row["last"])
            ),
            window=window,
            baseline=baseline,
            detector=ID,
            partner=row["partner"],
            user=row["user"],
            score=min(1.0, 0.5 + row["persons"] / 40),
            facts={"persons": row["persons"], "minutes": int(settings["minutes"])},
        )


DETECTOR: Final = Detector(
    id=ID,
    family=Family.PEOPLE,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="fewest", default=5, unit="persons", least=3, most=200),
        Parameter(name="minutes", default=15, unit="minutes", least=1, most=240),
    ),
    detect=detect,
)
