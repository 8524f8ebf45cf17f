"""What decisions say of each detector, so that the line moves with them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from compliance.cases.models import CaseFinding
from compliance.cases.vocabulary import CONFIRMING, CaseKind, CaseState, Outcome
from compliance.detection.triage.weights import Decided

if TYPE_CHECKING:
    from datetime import datetime


def outcomes_by_detector(*, since: datetime) -> dict[str, dict[Outcome, int]]:
    """Return, by detector, in how many cases decided since then it had a part, by how they ended. One query."""
    rows = CaseFinding.objects.filter(
        case__kind=CaseKind.FLAGGED, case__state=CaseState.DECIDED, case__decided_at__gte=since
    )
    found: dict[str, dict[Outcome, int]] = defaultdict(lambda: defaultdict(int))
    seen = rows.order_by().values_list("detector", "case__outcome", "case_id").distinct()
    for detector, outcome, _case in seen:
        found[detector][Outcome(outcome)] += 1
    return {detector: dict(outcomes) for detector, outcomes in found.items()}


def decisions_by_detector(*, since: datetime) -> dict[str, Decided]:
    """Return how many of these cases gave reason to act, and of how many, by detector. One query."""
    return {
        detector: Decided(
            confirmed=sum(count for outcome, count in outcomes.items() if outcome in CONFIRMING),
            decided=sum(outcomes.values()),
        )
        for detector, outcomes in outcomes_by_detector(since=since).items()
    }
