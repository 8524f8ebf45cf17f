"""Look at one day: make its window, ask the detectors, and keep what is remembered and what was found.

One durable transaction writes all of it: a worker that is killed leaves the day as it was, marked.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import structlog
from django.db import connection, transaction

from compliance.detection.detectors.make_window import make_window
from compliance.detection.detectors.profiles import profile_of
from compliance.detection.detectors.run import detect
from compliance.detection.keeping.findings import keep_findings
from compliance.detection.keeping.profiles import keep_profile
from compliance.detection.marks import clear, mark_following
from compliance.detection.models import DetectedDay
from compliance.detection.reading.baseline import read_dossiers, read_profiles, read_references
from compliance.detection.reading.day import ReadDay, read_day
from compliance.detection.reading.number_ranges import with_number_ranges
from compliance.detection.reading.register import read_register
from compliance.detection.turn import take_turn
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date, datetime

    from compliance.detection.detectors.baseline import Baseline
    from compliance.detection.detectors.profiles import DayProfile
    from compliance.detection.detectors.run import Detected
    from compliance.detection.detectors.window import Window
    from compliance.detection.in_force import InForce

log_event = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a day did: findings that stand, new ones, ones that are gone; failures by detector."""

    day: date
    exchanges: int
    findings: int
    new: int
    gone: int
    failures: Mapping[str, str]


def look(day: date, *, using: InForce) -> Looked | None:
    """Look at a day and at what the tables say of the days before; None when it is another's turn.

    What follows a day that was marked is looked at again as well: it was held against what was known of it.
    """
    began, at = time.monotonic(), now()
    with transaction.atomic(durable=True):
        with connection.cursor() as database:
            if not take_turn(database, wait=False):
                return None
        read = read_day(day)
        rows = read.traffic.rows
        baseline = replace(
            read_profiles(day, read_register(day)),
            dossiers=read_dossiers(rows),
            references=read_references(day, below=read.below),
        )
        window, detected = see(read, baseline, until=at, using=using)
        # Until here nothing is written: others' horizons are held back by the writing only.
        looked = keep(read, window, detected, profile_of(window), asked=using.detectors, at=at, began=began)
        if read.marks:
            mark_following(day, at=at)
    return looked


def see(read: ReadDay, baseline: Baseline, *, until: datetime, using: InForce) -> tuple[Window, Detected]:
    """Make the window of a day that was read, known up to the last whole hour, and ask the detectors."""
    hour = until.replace(minute=0, second=0, microsecond=0)
    made = make_window(read.day, read.traffic.rows, baseline, until=hour, corrected=read.traffic.corrected)
    window = replace(made, traffic=with_number_ranges(made))
    return window, detect(window, baseline, using.settings, detectors=using.detectors)


def keep(
    read: ReadDay,
    window: Window,
    detected: Detected,
    profile: DayProfile,
    *,
    asked: Collection[str],
    at: datetime,
    began: float,
) -> Looked:
    """Write what a look gave, in the caller's transaction, which has the turn."""
    keep_profile(read.day, profile)
    new, gone = keep_findings(
        read.day, detected.findings, asked=[name for name in asked if name not in detected.failures], at=at
    )
    DetectedDay.objects.update_or_create(
        day=read.day,
        defaults={
            "until": window.until,
            "looked_at": at,
            "exchanges": read.traffic.exchanges,
            "findings": len(detected.findings),
            "milliseconds": round(1000 * (time.monotonic() - began)),
            "failures": dict(detected.failures),
        },
    )
    clear(read.marks)
    for name, told in detected.failures.items():
        log_event.error("detector_failed", detector=name, day=str(read.day), error=told)
    return Looked(read.day, read.traffic.exchanges, len(detected.findings), new, gone, detected.failures)
