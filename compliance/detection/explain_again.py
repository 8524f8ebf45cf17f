"""Mark what is looked at again every night: dossiers that came late explain look-ups that nothing explained before."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import transaction

from compliance.detection.detectors.make_window import bounds
from compliance.detection.marks import mark
from compliance.detection.models import DetectedDay
from compliance.kernel.clock import BRUSSELS, now

AGAIN_DAYS: Final = 31
"""Days back to which look-ups are explained again."""


def explain_again() -> int:
    """Mark the days of the past month that were looked at, and those in which a detector failed; return how many.

    One durable transaction.
    """
    at = now()
    since = at.astimezone(BRUSSELS).date() - timedelta(days=AGAIN_DAYS)
    with transaction.atomic(durable=True):
        recent = set(DetectedDay.objects.filter(day__gte=since).values_list("day", flat=True))
        failed = set(DetectedDay.objects.exclude(failures={}).values_list("day", flat=True))
        mark([bounds(day)[0] for day in sorted(recent | failed)], at=at)
    return len(recent | failed)
