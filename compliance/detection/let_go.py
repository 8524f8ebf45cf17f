"""Let go of findings and profiles that are past their term, which is their own, and shorter than that of entries."""

from __future__ import annotations

from datetime import timedelta
from typing import NamedTuple

from django.conf import settings
from django.db import transaction

from compliance.detection.models import DetectedDay, DetectionRun, Finding, KnownUse, PairDay, ProducerDay, UserDay
from compliance.kernel.clock import BRUSSELS, now


class LetGo(NamedTuple):
    """How many findings, and rows of profiles, were let go."""

    findings: int
    rows: int


def let_go() -> LetGo:
    """Delete findings that were found, and profiles of days that lie, longer ago than ``FINDINGS_KEPT_DAYS``.

    What a case holds stays. One durable transaction.
    """
    until = now() - timedelta(days=settings.FINDINGS_KEPT_DAYS)
    day = until.astimezone(BRUSSELS).date()
    with transaction.atomic(durable=True):
        findings, _ = Finding.objects.unattached().found_before(until).delete()
        rows = sum(
            model._default_manager.filter(day__lt=day).delete()[0]
            for model in (PairDay, UserDay, ProducerDay, DetectedDay)
        )
        rows += KnownUse.objects.filter(last__lt=day).delete()[0]
        rows += DetectionRun.objects.filter(started_at__lt=until).delete()[0]
    return LetGo(findings, rows)
