"""Persons looked up at an hour at which hardly anybody of the partner works, and nothing explains it."""

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

ID: Final = "unexplained-off-hours"
_HOURS: Final = range(24)
_WEEKEND: Final = 6


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield a finding for each user with several unexplained persons at hours that are quiet for partner and user."""
    unexplained = visits(window, baseline).filter("unexplained").select(PAIR)
    rows = window.look_ups.join(unexplained, on=PAIR, how="semi")
    quiet = rows.join(_busy(window, baseline, part=settings["quiet"]), on=["partner", "hour"], how="anti")
    found = quiet.filter(pl.col("person").n_unique().over(USER) >= settings["fewest"])
    for (partner, user), own in sorted(found.group_by(USER), key=lambda each: each[0]):
        persons, hours = own["person"].n_unique(), own["hour"].to_list()
        yield tell(
            own,
            window=window,
            baseline=baseline,
            detector=ID,
            partner=str(partner),
            user=user,
            score=min(1.0, 0.5 + persons / 20),
            facts={"persons": persons, "from": _clock(min(hours)), "until": _clock((max(hours) + 1) % 24)},
        )


def _busy(window: Window, baseline: Baseline, *, part: float) -> pl.DataFrame:
    """Return the hours of this sort of day at which a partner works: those not far below its busiest."""
    weekend = window.day.isoweekday() >= _WEEKEND
    days = baseline.user_days.filter((pl.col("day").dt.weekday() >= _WEEKEND) == weekend)
    bits = [((pl.col("hours") // 2**hour) % 2).sum().alias(str(hour)) for hour in _HOURS]
    users = days.group_by("partner").agg(bits)
    long = users.unpivot(index="partner", variable_name="hour", value_name="users").with_columns(
        pl.col("hour").cast(pl.Int8)
    )
    busiest = (
        baseline.user_days.group_by("partner", "day")
        .agg(users=pl.len())
        .group_by("partner")
        .agg(days=pl.len(), users=pl.col("users").max())
    )
    dates = days.group_by("partner").agg(dates=pl.col("day").n_unique())
    return (
        long.join(busiest.select("partner", most="users"), on="partner")
        .join(dates, on="partner")
        .filter(pl.col("users") / pl.col("dates") >= part * pl.col("most"))
        .select("partner", "hour")
    )


def _clock(hour: int) -> str:
    return f"{hour:02d}:00"


DETECTOR: Final = Detector(
    id=ID,
    family=Family.PEOPLE,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="fewest", default=2, unit="persons", least=1, most=50),
        Parameter(name="quiet", default=0.01, unit="of the busiest day's users", least=0, most=0.5),
    ),
    detect=detect,
)
