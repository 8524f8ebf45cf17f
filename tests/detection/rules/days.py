"""Days of traffic for tests of rules: ordinary exchanges, of which a test says only what is out of the ordinary."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import polars as pl
from django.utils.translation import override

from compliance.detection.detectors.baseline import Baseline
from compliance.detection.detectors.make_window import make_window
from compliance.detection.detectors.window import TRAFFIC
from compliance.detection.sentences import sentence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.detection.detectors.detector import Detector
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window

DAY = date(2016, 5, 12)  # a Thursday, in summer time
MORNING = datetime(2016, 5, 12, 7, 0, tzinfo=UTC)
Row = dict[str, Any]

_ORDINARY: Row = {
    "partner": "VDAB",
    "asker": "VDAB",
    "source": "KBI",
    "service": "KBI-DOSSIER",
    "purpose": "JOB-MEDIATION",
    "route": "MAGDA",
    "direction": "provided",
    "trigger": "automatic",
    "environment": "production",
    "outcome": "succeeded",
    "service_outcome": "",
    "verdict": "covered",
    "reasons": "",
    "authorisation": "VTC-VB-2014-01/2",
    "decision": "",
    "requested": "IDENTIFICATION,TRAJECTORY",
    "delivered": "IDENTIFICATION",
    "search_keys": "insz",
    "producer": "KBI",
    "sequence": None,
    "subjects": 1,
    "records": 1,
    "person": 1000,
}
BY_HAND: Row = {"trigger": "manual", "user": 7}


def exchange(number: int, *, at: datetime | None = None, delay: float = 2.0, **told: Any) -> Row:
    """Return one exchange: the ``number``-th of the day, a minute after the one before, unless ``at`` says when."""
    began = at or MORNING + timedelta(minutes=number)
    return {
        "exchange": f"00000000-0000-7000-8000-{number:012d}",
        "reference": f"M-{number}",
        "at": began,
        "recorded_at": began + timedelta(seconds=delay),
        **_ORDINARY,
        **told,
    }


def day_of(
    rows: Iterable[Row], baseline: Baseline | None = None, *, day: date = DAY, until: datetime | None = None
) -> Window:
    """Return the window of a day with these exchanges."""
    traffic = pl.DataFrame([{name: row.get(name) for name in TRAFFIC} for row in rows], schema=TRAFFIC)
    hour = pl.col("at").dt.convert_time_zone("Europe/Brussels").dt.hour().cast(pl.Int8)
    return make_window(day, traffic.with_columns(hour=hour), baseline or Baseline(), until=until)


def found(
    detector: Detector,
    rows: Iterable[Row],
    baseline: Baseline | None = None,
    *,
    until: datetime | None = None,
    day: date = DAY,
    **settings: float,
) -> list[Finding]:
    """Return what a detector finds in a day, in the order of the keys."""
    given = baseline or Baseline()
    window = day_of(rows, given, day=day, until=until)
    return sorted(detector.detect(window, given, detector.settings(settings)), key=lambda one: one.key)


def said(finding: Finding) -> str:
    """Return the sentence of a finding, in English."""
    with override("en"):
        return sentence(finding.detector, finding.facts)
