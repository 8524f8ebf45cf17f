"""Hours of invented partners, with the rhythm that a desk and a night run have."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import holidays
import numpy as np
import polars as pl

from compliance.detection.detectors.baseline import Baseline, Calendar
from compliance.detection.detectors.make_window import bounds
from compliance.detection.detectors.volumes.school_calendar import school_holidays
from compliance.detection.detectors.window import COUNTS, NUMBERS, TRAFFIC, Window
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from collections.abc import Callable

CALENDAR = Calendar(
    holidays=frozenset(holidays.country_holidays("BE", years=[2015, 2016])),
    school_holidays=school_holidays([2015, 2016]),
)
FIRST, DAY = date(2016, 4, 11), date(2016, 6, 15)


def counts(
    first: date = FIRST,
    last: date = DAY,
    *,
    partners: dict[str, float] | None = None,
    change: Callable[[str, date, int, int], int] | None = None,
    failed: Callable[[str, date, int], float] = lambda *_: 0.02,
    seed: int = 1,
) -> pl.DataFrame:
    """Return counts: so many an office hour by partner, changed by partner, day and hour; a share of them failed."""
    rng = np.random.default_rng(seed)
    rows = []
    for partner, rate in (partners or {"VDAB": 80.0, "VMSW": 60.0, "CVO-CBE": 120.0}).items():
        for n in range((last - first).days + 1):
            day = first + timedelta(days=n)
            open_ = day.isoweekday() <= 5 and day not in CALENDAR.holidays
            size = rng.normal(1, 0.08)
            for hour in range(24):
                mean = rate * size * (1.0 if open_ and 8 <= hour < 17 else 0.0) + (rate * size if hour == 2 else 0.0)
                count = int(rng.poisson(max(mean, 0)))
                if change is not None:
                    count = change(partner, day, hour, count)
                bad = int(rng.binomial(count, failed(partner, day, hour)))
                begins = datetime.combine(day, time(hour), BRUSSELS).astimezone(UTC)
                for outcome, many in (("succeeded", count - bad), ("failed", bad)):
                    if many:
                        rows.append((begins, partner, "KBI-DOSSIER", "MAGDA", "manual", outcome, many))
    return pl.DataFrame(rows, schema=COUNTS, orient="row")


def given(every: pl.DataFrame, *, until: int = 24, calendar: Calendar = CALENDAR) -> tuple[Window, Baseline]:
    """Return the window of the last day, known until an hour of its clock, and what was before."""
    begins, ends = bounds(DAY)
    known = ends if until == 24 else datetime.combine(DAY, time(until), BRUSSELS).astimezone(UTC)
    window = Window(
        day=DAY,
        begins=begins,
        ends=ends,
        until=known,
        traffic=pl.DataFrame(schema=TRAFFIC),
        counts=every.filter((pl.col("hour") >= begins) & (pl.col("hour") < known)),
        corrected=pl.DataFrame(schema=NUMBERS),
    )
    return window, Baseline(calendar=calendar, counts=every.filter(pl.col("hour") < begins))
