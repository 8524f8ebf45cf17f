"""Counts as a cube: series by day of Brussels by hour of the clock, with zeros where nothing was exchanged."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl

from compliance.detection.detectors.volumes.series import Series
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

HOURS: Final = 24
_LEAF: Final = list(Series._fields)
_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
_ALL: Final = slice(None)


@dataclass(frozen=True, slots=True)
class Leaves:
    """The finest counts, of which every series is a sum; what is not known yet is not a number."""

    leaves: tuple[Series, ...]
    days: tuple[date, ...]
    counts: NDArray[np.float64]  # leaf, day, hour
    known: NDArray[np.bool_]  # day, hour

    def sums(self, wanted: Sequence[Series], days: slice = _ALL) -> NDArray[np.float64]:
        """Return the counts of series: series, day, hour. Each is a sum of few leaves, so only those are added."""
        own = [np.array(values) for values in zip(*self.leaves, strict=True)]
        counts = self.counts[:, days]
        sums = np.zeros((len(wanted), *counts.shape[1:]))
        for place, series in enumerate(wanted):
            belongs = np.ones(len(self.leaves), dtype=bool)
            for value, values in zip(series, own, strict=False):
                if value:
                    belongs &= values == value
            sums[place] = counts[belongs].sum(axis=0)
        return sums


def count_leaves(counts: pl.DataFrame, *, first: date, last: date, until: datetime) -> Leaves:
    """Put counts in a cube of the days ``first`` to ``last``; an hour that ends after ``until`` is not known.

    The hour that the clock repeats in autumn holds both; the one that it skips in spring is not known.
    """
    days = tuple(first + n * _DAY for n in range((last - first).days + 1))
    begins = datetime.combine(first, time(), BRUSSELS).astimezone(UTC)
    local = pl.col("hour").dt.convert_time_zone("Europe/Brussels")
    rows = (
        counts.lazy()
        .filter(pl.col("hour") >= begins, pl.col("hour") <= until - _HOUR)
        .group_by(*_LEAF, "hour")
        .agg(pl.col("count").sum())
        .with_columns(day=(local.dt.date() - first).dt.total_days(), clock=local.dt.hour())
        .filter(pl.col("day") < len(days))
        .collect()
    )
    keys = rows.select(_LEAF).unique().sort(_LEAF).with_row_index("leaf")
    rows = rows.join(keys, on=_LEAF)
    cube = np.zeros((keys.height, len(days), HOURS))
    np.add.at(
        cube, (rows["leaf"].to_numpy(), rows["day"].to_numpy(), rows["clock"].to_numpy()), rows["count"].to_numpy()
    )
    return Leaves(tuple(Series(*row[1:]) for row in keys.iter_rows()), days, cube, _known(days, until))


def _known(days: Sequence[date], until: datetime) -> NDArray[np.bool_]:
    known = np.ones((len(days), HOURS), dtype=bool)
    starts = [datetime.combine(day, time(), BRUSSELS).timestamp() for day in (*days, days[-1] + _DAY)]
    for n, (start, end) in enumerate(pairwise(starts)):
        if end - start < HOURS * 3600:
            known[n, 2] = False
        if end > until.timestamp():
            ended = [
                datetime.combine(days[n], time(h), BRUSSELS).timestamp() + 3600 <= until.timestamp()
                for h in range(HOURS)
            ]
            known[n] &= ended
    return known
