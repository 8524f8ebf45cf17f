"""How soon trouble with volumes is seen: the hours of a day looked at one after the other, as the hourly job does."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.catalogue import DETECTORS
from compliance.detection.detectors.finding import Family
from compliance.detection.detectors.make_window import counts_of
from compliance.detection.detectors.run import detect
from compliance.detection.evaluation.frames import moment
from compliance.simulation.misuse.label import Sort, sort_of

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.detection.evaluation.match import Truth
    from compliance.detection.evaluation.year import Seen

HOURS: Final = 6
_HOUR: Final = timedelta(hours=1)
_ASKED: Final = {
    name: detector for name, detector in DETECTORS.items() if detector.family is Family.VOLUME or name == "unanswered"
}


def first_seen(seen: Seen, truth: Truth) -> dict[str, datetime]:
    """Return by label when the trouble that ripens on a day is seen, if that is within some hours."""
    window = seen.window
    ripe = {
        name: moment(label.ripe)
        for name, label in truth.labels.items()
        if sort_of(label.kind) is Sort.VOLUMES and window.begins <= moment(label.ripe) < window.ends
    }
    asked = sorted({_next_hour(at) + n * _HOUR for at in ripe.values() for n in range(HOURS)})
    found: dict[str, datetime] = {}
    for until in (hour for hour in asked if hour <= window.ends):
        if not any(at < until for name, at in ripe.items() if name not in found):
            continue
        traffic = window.traffic.filter(pl.col("at") < until)
        known = replace(window, until=until, traffic=traffic, counts=counts_of(traffic))
        for finding in detect(known, seen.baseline, detectors=_ASKED).findings:
            for name in truth.planted(finding) & ripe.keys():
                if ripe[name] < until and finding.ends > ripe[name]:
                    found.setdefault(name, until)
    return found


def _next_hour(at: datetime) -> datetime:
    whole = at.replace(minute=0, second=0, microsecond=0)
    return whole + _HOUR
