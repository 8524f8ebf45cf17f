"""People who look persons up, without an explanation, when their own organisation is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.baseline import OfficeHours
from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.explanation import Explanation
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.grouped import PRODUCTION, exchanges_where, finding, grouped, surer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline, PlannedEvent
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

USUAL: Final = OfficeHours(by_weekday=dict.fromkeys(range(1, 6), (7, 19)))
"""The hours of a partner that told us none."""
_HALF: Final = 3.0
_LOOK_UP: Final = (pl.col("trigger") == "manual") & pl.col("user").is_not_null() & pl.col("person").is_not_null()
_UNEXPLAINED: Final = pl.col("explained").fill_null(Explanation.NONE) == Explanation.NONE


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find users with enough unexplained look-ups outside the hours of their organisation, in one day."""
    rows = window.traffic.filter(PRODUCTION & _LOOK_UP)
    if rows.is_empty():
        return
    rows = rows.filter(_when_closed(rows.get_column("partner").unique().to_list(), window, baseline))
    for event in baseline.calendar.events:
        rows = rows.filter(~_during(event))
    for group in grouped(
        rows, *("partner", "user"), first=_UNEXPLAINED.cast(pl.Int8), unexplained=exchanges_where(_UNEXPLAINED)
    ):
        unexplained = group.told["unexplained"]
        if unexplained < settings["least_unexplained"]:
            continue
        yield finding(
            OFF_HOURS,
            group,
            window=window,
            baseline=baseline,
            score=surer(unexplained, half=_HALF),
            facts={
                "look_ups": group.exchanges,
                "unexplained": unexplained,
                "kind": "closed" if baseline.calendar.is_closed(window.day, partner=group.key["partner"]) else None,
            },
        )


def _when_closed(partners: list[str], window: Window, baseline: Baseline) -> pl.Expr:
    """Return whether a row is of an hour at which its partner is closed."""
    weekday = window.day.isoweekday()
    closed = pl.lit(value=False)
    for partner in sorted(partners):
        theirs = pl.col("partner") == partner
        if baseline.calendar.is_closed(window.day, partner=partner):
            closed |= theirs
            continue
        hours = baseline.office_hours.get(partner, USUAL)
        open_at = [hour for hour in range(24) if hours.hold(weekday, hour)]
        closed |= theirs & ~pl.col("hour").is_in(open_at)
    return closed


def _during(event: PlannedEvent) -> pl.Expr:
    """Return whether a row falls in something that was announced."""
    within = (pl.col("at") >= event.begins) & (pl.col("at") < event.ends)
    if event.partner:
        within &= pl.col("partner") == event.partner
    if event.service:
        within &= pl.col("service") == event.service
    return within


OFF_HOURS: Final = Detector(
    id="off-hours",
    family=Family.PEOPLE,
    tier=Tier.PATTERN,
    parameters=(Parameter(name="least_unexplained", default=2, unit="look-ups", least=1, most=50),),
    detect=detect,
)
