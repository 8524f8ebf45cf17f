"""Test persons, test applications or messages marked as a test, in production."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.detector import Detector
from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.detectors.rules.grouped import PRODUCTION, finding, grouped, surer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

PERSON, APPLICATION, MARKER = "person", "application", "marker"
MARKED: Final = r"(?i)(?:^|[^a-z])(?:test|tst|acc|acceptance|acceptatie|dummy|sandbox)(?:[^a-z]|$)"
"""A word in a reference or an application's name by which people mark what is no production."""
_HALF: Final = 3.0


def detect(window: Window, baseline: Baseline, _settings: Mapping[str, float]) -> Iterator[Finding]:
    """Find exchanges in production with what belongs in a test environment: by persons, else application, else word."""
    persons = sorted(baseline.test_persons)
    person = (pl.col("person").is_in(persons) | pl.col("user").is_in(persons)).fill_null(value=False)
    application = pl.col("application").is_in(sorted(baseline.test_applications)).fill_null(value=False)
    text = pl.concat_str(pl.col("reference"), pl.col("application").fill_null(""), separator=" ")
    marked = text.str.contains(MARKED).fill_null(value=False)
    rows = window.traffic.filter(PRODUCTION & (person | application | marked)).with_columns(
        by=pl.when(person).then(pl.lit(PERSON)).when(application).then(pl.lit(APPLICATION)).otherwise(pl.lit(MARKER))
    )
    for group in grouped(rows, "partner", "service", "by"):
        by = group.key["by"]
        yield finding(
            TEST_IN_PRODUCTION,
            group,
            window=window,
            baseline=baseline,
            score=surer(group.exchanges, half=_HALF) if by == MARKER else 1.0,
            series=by,
            facts={"kind": by},
        )


TEST_IN_PRODUCTION: Final = Detector(
    id="test-in-production", family=Family.DELIVERY, tier=Tier.PATTERN, parameters=(), detect=detect
)
