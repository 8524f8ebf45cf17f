"""Findings that somebody decided to expect: they are kept, with the suppression that says so, and make no case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.cases.suppressions.models import SuppressedFinding, Suppression
from compliance.detection.models import Finding
from compliance.detection.vocabulary import FindingState
from compliance.kernel.clock import BRUSSELS

if TYPE_CHECKING:
    from datetime import datetime


def set_suppressed(*, at: datetime) -> int:
    """Set apart the new findings that a suppression covers; return how many. In the caller's transaction."""
    suppressions = list(Suppression.objects.filter(ended_at=None).order_by("id"))
    if not suppressions:
        return 0
    detectors = {detector for one in suppressions for detector in one.detectors}
    rows = Finding.objects.filter(state=FindingState.FOUND, detector__in=detectors)
    made = [
        SuppressedFinding(finding=row, suppression=by, at=at)
        for row in rows
        if (by := next((one for one in suppressions if covers(one, row)), None)) is not None
    ]
    SuppressedFinding.objects.bulk_create(made, ignore_conflicts=True)
    Finding.objects.filter(pk__in=[one.finding_id for one in made]).update(state=FindingState.SUPPRESSED)
    return len(made)


def covers(suppression: Suppression, finding: Finding) -> bool:
    """Tell whether a suppression is about a finding: by what it is about, and by the day on which it begins."""
    return (
        finding.detector in suppression.detectors
        and suppression.partner in {"", finding.partner}
        and suppression.service in {"", finding.service}
        and suppression.user_key in {None, finding.user}
        and suppression.begins_on <= finding.begins.astimezone(BRUSSELS).date() <= suppression.ends_on
    )
