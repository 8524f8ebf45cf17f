"""Authorisations that end soon, are in use, and have no successor."""

from __future__ import annotations

from datetime import timedelta
from math import ceil
from operator import itemgetter
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.grouped import PRODUCTION, finding, grouped

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

STEPS: Final = (1, 7, 14, 30, 60, 90, 180, 365)
"""Days before the end at which it is said again."""
_DAY: Final = timedelta(days=1)


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find authorisations in use that end within the days set. It is one finding from each step to the next."""
    ending = dict(_ending(window, baseline, settings["days_ahead"]))
    if not ending:
        return
    code = pl.col("authorisation").str.split("/").list.first()
    rows = (
        window.traffic.filter(PRODUCTION & (pl.col("verdict") == "covered"))
        .with_columns(code=code)
        .filter(pl.col("code").is_in(list(ending)))
    )
    for group in grouped(rows, "partner", "code"):
        ends = ending[group.key["code"]]
        days = ceil((ends - window.begins) / _DAY)
        step = next(step for step in STEPS if days <= step)
        yield finding(
            EXPIRING_COVER,
            group,
            window=window,
            baseline=baseline,
            score=1.0 / (1.0 + days / 7),
            series=group.key["code"],
            period=f"{ends:%Y-%m-%d}/{step}",
            facts={"authorisation": group.key["code"], "days": days, "ends": f"{ends:%Y-%m-%d}"},
        )


def _ending(window: Window, baseline: Baseline, days_ahead: float) -> Iterator[tuple[str, datetime]]:
    """Yield codes with the end of their newest version: an earlier one ends where it begins, whatever it says."""
    newest: dict[str, tuple[int, datetime | None]] = {}
    for cover in baseline.covers:
        code, _, number = cover.authorisation.partition("/")
        newest[code] = max(newest.get(code, (0, None)), (int(number or 0), cover.ends), key=itemgetter(0))
    for code, (_, ends) in newest.items():
        if ends is not None and timedelta() < ends - window.begins <= timedelta(days=days_ahead):
            yield code, ends


EXPIRING_COVER: Final = Detector(
    id="expiring-cover",
    family=Family.COVER,
    tier=Tier.PATTERN,
    parameters=(Parameter(name="days_ahead", default=30, unit="days", least=1, most=365),),
    detect=detect,
)
