"""What follows from a decision once it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from compliance.cases.scope import Scope
from compliance.cases.suppressions.begin_suppression import begin_suppression
from compliance.cases.vocabulary import Outcome

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.models import CaseDecision


def settle(decision: CaseDecision, *, account: Account, at: datetime) -> None:
    """Let what is expected make no case from now on. In the caller's transaction."""
    if decision.outcome == Outcome.EXPECTED:
        scope = msgspec.convert(decision.scope, Scope)
        begin_suppression(case=decision.case, scope=scope, reason=decision.reason, account=account, at=at)
