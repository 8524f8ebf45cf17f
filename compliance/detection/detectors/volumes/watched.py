"""Everything that the detectors of volumes look at in a window, made once for all of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.volumes.cube import Leaves, count_leaves
from compliance.detection.detectors.volumes.expectation import LEARNT_FROM, kinds_of
from compliance.detection.detectors.volumes.model import Fitted, fit
from compliance.detection.detectors.volumes.series import Series
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.window import Window

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_APART: Final = ("service", "route", "trigger")
"""What a partner's exchanges are counted apart by."""


@dataclass(frozen=True, slots=True)
class Watched:
    """The series of a window and of the days before it; the last day is the window's."""

    window: Window
    baseline: Baseline
    leaves: Leaves
    series: tuple[Series, ...]
    counts: NDArray[np.float64]  # series, day, hour
    kinds: NDArray[np.int64]  # series, day
    fitted: Fitted

    @property
    def known_today(self) -> NDArray[np.bool_]:
        """Which hours of the window are known."""
        today: NDArray[np.bool_] = self.leaves.known[-1]
        return today

    def moment(self, hour: int) -> datetime:
        """Return when an hour of the window's clock begins; 24 is when the day ends."""
        if hour == 24:  # noqa: PLR2004 the hours of a day
            return self.window.ends
        return datetime.combine(self.window.day, time(hour), BRUSSELS)

    def event(self, series: Series, begins: datetime, ends: datetime) -> str | None:
        """Return the planned event that explains what a series does then."""
        for event in self.baseline.calendar.events:
            about = event.partner in ("", series.partner) and event.service in ("", series.service or event.service)
            if about and event.begins < ends and begins < event.ends:
                return event.name
        return None


_latest: list[tuple[object, object, object, Watched | None]] = []


def watch(window: Window, baseline: Baseline) -> Watched | None:
    """Return what is watched in a window, or nothing when nothing was counted before it.

    The detectors are asked one after the other about the same window: the last answer is kept for the next.
    """
    key = (window.counts, baseline.counts, baseline.calendar)
    if not (_latest and all(mine is theirs for mine, theirs in zip(_latest[0], (window, *key[1:]), strict=False))):
        _latest[:] = [(window, baseline.counts, baseline.calendar, _watch(window, baseline))]
    return _latest[0][3]


def _watch(window: Window, baseline: Baseline) -> Watched | None:
    if baseline.counts is None:
        return None
    since = datetime.combine(window.day - LEARNT_FROM * _DAY, time(), BRUSSELS)
    before = baseline.counts.filter(pl.col("hour") >= since.astimezone(window.begins.tzinfo))
    earliest = before["hour"].min()
    if not isinstance(earliest, datetime):
        return None
    first = max(earliest.astimezone(BRUSSELS).date(), since.date())
    names = before.columns
    leaves = count_leaves(
        pl.concat([before, window.counts.select(names)]), first=first, last=window.day, until=window.until
    )
    series = tuple(_series(leaves))
    counts = leaves.sums(series)
    kinds, vacation = kinds_of(leaves.days, series, baseline.calendar)
    return Watched(window, baseline, leaves, series, counts, kinds, fit(counts, leaves.known, kinds, vacation))


def _series(leaves: Leaves) -> list[Series]:
    """Return each partner, and its parts where it has more than one."""
    found = []
    for partner in sorted({leaf.partner for leaf in leaves.leaves}):
        found.append(Series(partner))
        for name in _APART:
            values = sorted({getattr(leaf, name) for leaf in leaves.leaves if leaf.partner == partner})
            if len(values) > 1:
                found += [Series(partner)._replace(**{name: value}) for value in values]
    return found
