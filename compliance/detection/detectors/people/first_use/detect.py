"""A service that people of a partner never used before, or that this user never did."""

from __future__ import annotations

from datetime import timedelta
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

ID: Final = "first-use"
_SERVICE: Final = ("partner", "service")


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield a finding for each service that is new, or nearly, to a partner's people, and for each user to whom one is.

    For a user it takes persons whom nothing explains: colleagues use it, and learning a service is work.
    """
    settled = window.day - timedelta(days=int(settings["days"]))
    by_hand = baseline.known.filter(pl.col("user").is_not_null() & (pl.col("first") < window.day))
    partners = by_hand.group_by("partner").agg(since=pl.col("first").min()).filter(pl.col("since") <= settled)
    rows = window.look_ups.join(partners, on="partner", how="semi")
    users = by_hand.group_by(USER).agg(since=pl.col("first").min()).filter(pl.col("since") <= settled)
    desks = by_hand.group_by("partner").agg(everybody=pl.col("user").n_unique())
    services = (
        by_hand.group_by(_SERVICE)
        .agg(first=pl.col("first").min(), users=pl.col("user").n_unique())
        .join(desks, on="partner")
        .filter(pl.col("users") > settings["rare"] * pl.col("everybody"))
    )
    own_use = by_hand.select(*_SERVICE, "user")
    fresh = rows.join(services, on=_SERVICE, how="anti").join(own_use, on=[*_SERVICE, "user"], how="anti")
    for (partner, service, user), own in sorted(fresh.group_by(*_SERVICE, "user"), key=lambda each: each[0]):
        yield tell(
            own,
            window=window,
            baseline=baseline,
            detector=ID,
            partner=str(partner),
            service=str(service),
            user=user,
            score=0.8,
            facts={"kind": "partner", "persons": own["person"].n_unique()},
        )
    unexplained = visits(window, baseline).filter("unexplained").select(PAIR)
    long_used = services.filter(pl.col("first") <= settled)
    first = (
        rows.join(unexplained, on=PAIR, how="semi")
        .join(users, on=USER, how="semi")
        .join(long_used, on=_SERVICE, how="semi")
        .join(own_use, on=[*_SERVICE, "user"], how="anti")
        .filter(pl.col("person").n_unique().over(*_SERVICE, "user") >= settings["fewest"])
    )
    for (partner, service, user), own in sorted(first.group_by(*_SERVICE, "user"), key=lambda each: each[0]):
        yield tell(
            own,
            window=window,
            baseline=baseline,
            detector=ID,
            partner=str(partner),
            service=str(service),
            user=user,
            score=0.6,
            facts={"kind": "user", "persons": own["person"].n_unique()},
        )


DETECTOR: Final = Detector(
    id=ID,
    family=Family.PEOPLE,
    tier=Tier.PATTERN,
    parameters=(
        Parameter(name="days", default=30, unit="days", least=1, most=365),
        Parameter(name="rare", default=0.03, unit="of the partner's users", least=0, most=1),
        Parameter(name="fewest", default=3, unit="persons", least=1, most=100),
    ),
    detect=detect,
)
