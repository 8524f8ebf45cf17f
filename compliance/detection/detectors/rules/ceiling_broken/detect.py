"""More exchanges than an authorisation's ceiling, or more often than its periodicity."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.grouped import GAVE, PRODUCTION, finding, grouped
from compliance.detection.detectors.rules.no_cover.detect import CEILING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window


def detect(window: Window, baseline: Baseline, _settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find ceilings that were passed: by the verdict, or by what was counted when the verdict could not know yet."""
    over = dict(_passed(baseline))
    broken = pl.col("reasons").fill_null("").str.contains(CEILING, literal=True)
    code = pl.col("authorisation").str.split("/").list.first()
    rows = (
        window.traffic.filter(PRODUCTION & (pl.col("authorisation").fill_null("") != ""))
        .with_columns(code=code, broken=broken)
        .filter(pl.col("broken") | pl.col("code").is_in(list(over)))
    )
    told = {"judged": pl.col("exchange").filter(pl.col("broken")).n_unique()}
    rank = pl.col("broken").cast(pl.Int8) * 2 + GAVE.cast(pl.Int8)
    for group in grouped(rows, "partner", "code", first=rank, **told):
        period, most, used = over.get(group.key["code"], ("day", None, None))
        yield finding(
            CEILING_BROKEN,
            group,
            window=window,
            baseline=baseline,
            score=1.0,
            series=f"{group.key['code']}/{period}",
            period=_label(window.day, period),
            facts={
                "authorisation": group.key["code"],
                "kind": None if used is None else period,
                "most": most,
                "used": used,
                "judged": group.told["judged"],
            },
        )


def _passed(baseline: Baseline) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Yield, by code, the ceiling that was passed by most: period, most allowed, used."""
    for cover in sorted(baseline.covers, key=lambda cover: cover.authorisation):
        passed = [
            (cover.used.get(period, 0) / max(most, 1), period, most, cover.used.get(period, 0))
            for period, most in cover.ceilings
            if cover.used.get(period, 0) > most
        ]
        if passed:
            _, period, most, used = max(passed)
            yield cover.authorisation.partition("/")[0], (period, most, used)


def _label(day: date, period: str) -> str:
    match period:
        case "week":
            return f"{day - timedelta(days=day.weekday())}/week"
        case "month":
            return f"{day:%Y-%m}"
        case "year":
            return f"{day:%Y}"
    return day.isoformat()


CEILING_BROKEN: Final = Detector(id="ceiling-broken", family=Family.COVER, tier=Tier.LAW, parameters=(), detect=detect)
