"""Make a window of a day's traffic: explained, counted, and cut off where it is not known yet."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import polars as pl

from compliance.detection.detectors.explain import explain
from compliance.detection.detectors.window import COUNTS, NUMBERS, Window

if TYPE_CHECKING:
    from datetime import date

    from compliance.detection.detectors.baseline import Baseline

_BRUSSELS = ZoneInfo("Europe/Brussels")


def bounds(day: date) -> tuple[datetime, datetime]:
    """Return when a day of Brussels begins and ends, in UTC."""
    begins, ends = (datetime.combine(one, time(), _BRUSSELS) for one in (day, day + timedelta(days=1)))
    return begins.astimezone(UTC), ends.astimezone(UTC)


def make_window(
    day: date,
    traffic: pl.DataFrame,
    baseline: Baseline,
    *,
    until: datetime | None = None,
    corrected: pl.DataFrame | None = None,
) -> Window:
    """Return the window of a day. ``baseline`` is what was known before it; without ``until`` it is whole."""
    begins, ends = bounds(day)
    known = ends if until is None else min(until, ends)
    seen = traffic.filter((pl.col("at") >= begins) & (pl.col("at") < known)).sort("exchange", "person")
    explained = explain(
        seen,
        dossiers=baseline.dossiers,
        feeding=baseline.feeding,
        batch_purposes=baseline.batch_purposes,
        day=day,
        pairs=baseline.pairs,
    )
    return Window(
        day=day,
        begins=begins,
        ends=ends,
        until=known,
        traffic=seen.with_columns(explained.alias("explained")),
        counts=counts_of(seen),
        corrected=pl.DataFrame(schema=NUMBERS) if corrected is None else corrected,
    )


def counts_of(traffic: pl.DataFrame) -> pl.DataFrame:
    """Return the exchanges in production by hour."""
    dimensions = [name for name in COUNTS if name not in {"hour", "count"}]
    return (
        traffic.filter(pl.col("environment") == "production")
        .unique("exchange")
        .group_by(pl.col("at").dt.truncate("1h").alias("hour"), *dimensions)
        .agg(count=pl.len())
        .sort("hour", *dimensions)
        .select(pl.col(name).cast(kind) for name, kind in COUNTS.items())
    )
