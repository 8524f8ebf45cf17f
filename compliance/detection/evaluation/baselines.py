"""Two simple rules to be held against, on the same hours: that of X-Road Metrics, and a plain moving average.

X-Road Metrics compares an hour with the same hour of the same weekday in the months before, and takes what lies outside
the two-sided 95 % of a normal distribution for unusual, in either direction. The moving average (EWMA) follows each
series and takes what lies three of its own deviations away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
import polars as pl

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

_TRAINING: Final = 91 * 24
_WEEK: Final = 7 * 24
_Z: Final = 1.959964
_MEMORY, _WIDTH = 0.2, 3.0


class Alarm(NamedTuple):
    """An hour of a partner's service that a rule takes for unusual."""

    at: datetime
    partner: str
    service: str


def x_road_metrics(counts: pl.DataFrame) -> list[Alarm]:
    """Return the alarms of the z-score by hour of the week, once three months are there to learn from."""
    hours, series, table = _table(counts)
    unusual = np.zeros(table.shape, dtype=bool)
    for now in range(_TRAINING, len(hours)):
        before = table[now - _TRAINING // _WEEK * _WEEK : now : _WEEK]
        middle, spread = before.mean(axis=0), before.std(axis=0, ddof=1)
        with np.errstate(divide="ignore", invalid="ignore"):
            z = np.abs(table[now] - middle) / spread
        unusual[now] = np.where(spread > 0, z > _Z, table[now] != middle)
    return _alarms(hours, series, unusual)


def moving_average(counts: pl.DataFrame) -> list[Alarm]:
    """Return the alarms of an exponentially weighted moving average and deviation, hour by hour."""
    hours, series, table = _table(counts)
    unusual = np.zeros(table.shape, dtype=bool)
    middle, variance = table[0].astype(float), np.ones(table.shape[1])
    for now in range(1, len(hours)):
        away = table[now] - middle
        unusual[now] = (np.abs(away) > _WIDTH * np.sqrt(variance)) & (now > _WEEK)
        variance = (1 - _MEMORY) * (variance + _MEMORY * away * away)
        middle = middle + _MEMORY * away
    return _alarms(hours, series, unusual)


def _table(counts: pl.DataFrame) -> tuple[list[datetime], list[tuple[str, str]], NDArray[np.float64]]:
    """Return hours, series (partner and service) and how often each was asked, zeros included."""
    summed = counts.group_by("hour", "partner", "service").agg(pl.col("count").sum())
    first, last = summed.select(first=pl.col("hour").min(), last=pl.col("hour").max()).row(0)
    hours = pl.datetime_range(first, last, "1h", eager=True, time_zone="UTC")
    series = sorted(summed.select("partner", "service").unique().iter_rows())
    at = {key: place for place, key in enumerate(series)}
    table = np.zeros((len(hours), len(series)))
    for hour, partner, service, count in summed.iter_rows():
        table[int((hour - first).total_seconds() // 3_600), at[partner, service]] = count
    return hours.to_list(), series, table


def _alarms(hours: Sequence[datetime], series: Sequence[tuple[str, str]], unusual: NDArray[np.bool_]) -> list[Alarm]:
    return [Alarm(hours[row], *series[column]) for row, column in np.argwhere(unusual)]
