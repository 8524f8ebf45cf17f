"""The budget as it holds now."""

from __future__ import annotations

from compliance.cases.budget.models import DetectionBudget
from compliance.detection.detectors.finding import Family
from compliance.detection.triage.line import Budget


def budget_now() -> Budget:
    """Return what was set last, or what holds when nobody set anything. One query."""
    newest = DetectionBudget.objects.first()
    if newest is None:
        return Budget()
    return Budget(cases=newest.cases_a_day, shares={Family(name): part for name, part in newest.shares.items()})
