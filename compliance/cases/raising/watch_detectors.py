"""A detector that raises is a case of its own: the others went on, and nobody would notice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from django.db.models import Q

from compliance.cases.raising.once_at_a_time import open_once_at_a_time
from compliance.cases.vocabulary import CaseKind
from compliance.detection.models import DetectedDay

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.cases.models import Case

_MOST_DAYS: Final = 400


def watch_detectors() -> list[Case]:
    """Open a case for each detector that failed on a day and was not looked into since; return the new ones."""
    newest: dict[str, tuple[datetime, str, str]] = {}
    failed = DetectedDay.objects.filter(~Q(failures={})).order_by("-day")[:_MOST_DAYS]
    for day in failed:
        for detector, error in day.failures.items():
            if detector not in newest or day.looked_at > newest[detector][0]:
                newest[detector] = (day.looked_at, error, day.day.isoformat())
    made = []
    for detector, (looked_at, error, on) in sorted(newest.items()):
        facts = {"detector": detector, "error": error, "day": on}
        opened = open_once_at_a_time(kind=CaseKind.DETECTOR_FAILS, part=detector, facts=facts, since=looked_at)
        if opened is not None and opened.is_new:
            made.append(opened.case)
    return made
