"""What a series should have brought, hour by hour or day by day, beside what it brought: to draw and to judge by."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

import numpy as np
import polars as pl
from scipy.stats import nbinom

from compliance.detection.detectors.volumes.cube import HOURS, count_leaves
from compliance.detection.detectors.volumes.day_kinds import day_kind
from compliance.detection.detectors.volumes.model import Fitted, fit
from compliance.detection.detectors.volumes.series import Series
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from numpy.typing import NDArray

    from compliance.detection.detectors.baseline import Calendar

LEARNT_FROM: Final = 120
"""Days before the first that an expectation rests on, at most."""

COVERAGE: Final = 0.99
"""The share of ordinary hours and days that lie within the band."""

_DAY = timedelta(days=1)


class Grain(StrEnum):
    """How fine an expectation is; also the name of its first column."""

    HOUR = "hour"
    DAY = "day"


def expect(
    *,
    counts: pl.DataFrame,
    series: Series,
    first: date,
    last: date,
    calendar: Calendar,
    until: datetime,
    grain: Grain = Grain.HOUR,
) -> pl.DataFrame:
    """Return what was observed and expected of a series on the days ``first`` to ``last`` of Brussels.

    ``counts`` are those before ``until``, with the columns of :data:`~compliance.detection.detectors.window.COUNTS` and
    ``LEARNT_FROM`` days before ``first`` where there are; those of other partners lend what the series lacks. What is
    said of a day rests on the days before it. Columns: ``hour`` (when it begins, UTC) or ``day``; ``observed`` (null
    where not known yet); ``low``, ``expected``, ``high``: the band holds ``COVERAGE`` of what is ordinary (null before
    the series was first seen).
    """
    begins = datetime.combine(first - LEARNT_FROM * _DAY, time(), BRUSSELS).astimezone(UTC)
    earliest = counts.filter(pl.col("hour") >= begins)["hour"].min()
    known_from = earliest.astimezone(BRUSSELS).date() if isinstance(earliest, datetime) else first
    leaves = count_leaves(counts, first=min(known_from, first), last=last, until=until)
    wanted = [series, *(Series(code) for code in sorted({leaf.partner for leaf in leaves.leaves}))]
    cube = leaves.sums(wanted)
    fitted = fit(cube, leaves.known, *kinds_of(leaves.days, wanted, calendar))
    shown = (first - leaves.days[0]).days
    observed = np.where(leaves.known, cube[0], np.nan)[shown:]
    if grain is Grain.DAY:
        return _by_day(leaves.days[shown:], observed, fitted, shown)
    return _by_hour(leaves.days[shown:], observed, fitted, shown)


def kinds_of(
    days: Sequence[date], wanted: Sequence[Series], calendar: Calendar
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Return the kind of each day for each series, and which days lie in a school vacation."""
    partners = {series.partner for series in wanted}
    by_partner = {partner: [int(day_kind(day, calendar, partner=partner)) for day in days] for partner in partners}
    kinds = np.array([by_partner[series.partner] for series in wanted], dtype=np.int64).reshape(len(wanted), len(days))
    return kinds, np.array([day in calendar.school_holidays for day in days], dtype=bool)


def day_variance(fitted: Fitted) -> NDArray[np.float64]:
    """Return the variance of each series' day, beyond chance: what the hours share, and what each has of its own."""
    total = fitted.expected.sum(axis=2)
    own = np.maximum(fitted.spread - fitted.day_spread[:, :, None], 0.0)
    variance: NDArray[np.float64] = fitted.day_spread * total**2 + (own * fitted.expected**2).sum(axis=2)
    return variance


def band(mean: NDArray[np.float64], variance: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return the band of negative binomial counts with a mean, and a variance beyond that of chance."""
    mean = np.maximum(mean, 1e-6)
    size = mean**2 / np.maximum(variance, 1e-9)
    odds = size / (size + mean)
    outside = (1 - COVERAGE) / 2
    return np.asarray(nbinom.ppf(outside, size, odds)), np.asarray(nbinom.ppf(1 - outside, size, odds))


def _by_hour(days: Sequence[date], observed: NDArray[np.float64], fitted: Fitted, shown: int) -> pl.DataFrame:
    expected, spread = fitted.expected[0, shown:], fitted.spread[0, shown:]
    low, high = band(expected, spread * expected**2)
    seen = np.repeat(fitted.days_seen[0, shown:] > 0, HOURS)
    hours = [datetime.combine(day, time(hour), BRUSSELS).timestamp() for day in days for hour in range(HOURS)]
    frame = pl.DataFrame(
        {
            "hour": pl.from_epoch(pl.Series(hours), time_unit="s").dt.cast_time_unit("us").dt.replace_time_zone("UTC"),
            "observed": observed.reshape(-1),
            "low": np.where(seen, low.reshape(-1), np.nan),
            "expected": np.where(seen, expected.reshape(-1), np.nan),
            "high": np.where(seen, high.reshape(-1), np.nan),
        }
    )
    # Clocks go forward at 02:00: that hour is the next one's moment, and was not.
    return frame.fill_nan(None).unique("hour", keep="last", maintain_order=True)


def _by_day(days: Sequence[date], observed: NDArray[np.float64], fitted: Fitted, shown: int) -> pl.DataFrame:
    expected = fitted.expected[0, shown:].sum(axis=1)
    low, high = band(expected, day_variance(fitted)[0, shown:])
    seen = fitted.days_seen[0, shown:] > 0
    whole = np.isnan(observed).sum(axis=1) <= np.array([_skipped(day) for day in days])
    return pl.DataFrame(
        {
            "day": list(days),
            "observed": np.where(whole, np.nansum(observed, axis=1), np.nan),
            "low": np.where(seen, low, np.nan),
            "expected": np.where(seen, expected, np.nan),
            "high": np.where(seen, high, np.nan),
        },
        schema_overrides={"day": pl.Date()},
    ).fill_nan(None)


def _skipped(day: date) -> int:
    """Return the hours that the clock skips on a day."""
    length = (
        datetime.combine(day + _DAY, time(), BRUSSELS).timestamp() - datetime.combine(day, time(), BRUSSELS).timestamp()
    )
    return max(0, HOURS - round(length / 3600))
