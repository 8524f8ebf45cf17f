"""A month brought far more or far less, per working day, than the months before it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector, Parameter
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.volumes.levels import is_whole
from compliance.detection.detectors.volumes.months import Month, judge
from compliance.detection.detectors.volumes.told import tell
from compliance.detection.detectors.volumes.watched import watch
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline, Calendar
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

ID: Final = "month-swing"
_DAY = timedelta(days=1)


def detect(window: Window, baseline: Baseline, settings: Mapping[str, float]) -> Iterator[Finding]:
    """Yield at most one finding a partner, when the last day of a month is known to its end."""
    watched = watch(window, baseline)
    if watched is None or not is_whole(watched) or (window.day + _DAY).day != 1 or baseline.counts is None:
        return
    counted = _by_month(pl.concat([baseline.counts, window.counts.select(baseline.counts.columns)]))
    this = window.day.replace(day=1)
    for which, series in enumerate(watched.series):
        if any(series[1:]):
            continue
        months = [_month(first, count, baseline.calendar) for first, count in counted.get(series.partner, {}).items()]
        whole = list(months[1:-1]) if len(months) > 1 else []
        if len(whole) + 1 < settings["months"] or not counted[series.partner].get(this):
            continue
        swing = judge(months[-1], whole)
        if swing is None or swing.tail > settings["likeliest"]:
            continue
        observed = months[-1].exchanges
        yield tell(
            watched,
            detector=ID,
            which=which,
            begins=datetime.combine(this, time(), BRUSSELS).astimezone(UTC),
            ends=window.ends,
            tail=swing.tail,
            period=f"{this:%Y-%m}",
            facts={
                "kind": "up" if observed > swing.expected else "down",
                "observed": observed,
                "expected": swing.expected,
                "low": swing.low,
                "high": swing.high,
            },
        )


def _by_month(counts: pl.DataFrame) -> dict[str, dict[date, int]]:
    """Return the exchanges of each partner by month of Brussels, months without any included, in order."""
    month = pl.col("hour").dt.convert_time_zone("Europe/Brussels").dt.date().dt.truncate("1mo")
    rows = counts.group_by("partner", month.alias("month")).agg(pl.col("count").sum()).sort("partner", "month")
    last = rows["month"].max()
    found: dict[str, dict[date, int]] = {}
    for partner, first, count in rows.iter_rows():
        found.setdefault(partner, {})[first] = count
    for by_month in found.values():
        first = min(by_month)
        while isinstance(last, date) and first < last:
            first = (first + 31 * _DAY).replace(day=1)
            by_month.setdefault(first, 0)
    return {partner: dict(sorted(by_month.items())) for partner, by_month in found.items()}


def _month(first: date, count: int, calendar: Calendar) -> Month:
    days = [first + n * _DAY for n in range(31)]
    return Month(count, sum(day.month == first.month and calendar.is_working_day(day) for day in days))


DETECTOR: Final = Detector(
    id=ID,
    family=Family.VOLUME,
    tier=Tier.STATISTIC,
    parameters=(
        Parameter(name="likeliest", default=0.01, unit="probability", least=1e-9, most=0.2),
        Parameter(name="months", default=3, unit="months", least=2, most=24),
    ),
    detect=detect,
)
