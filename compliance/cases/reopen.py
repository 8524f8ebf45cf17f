"""Reopen a case that was decided."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.cases.deadlines import due_after
from compliance.cases.move import locked, move, require
from compliance.cases.said import stated
from compliance.cases.suppressions.end_suppression import end_all_of
from compliance.cases.vocabulary import CaseAct, CaseState
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.models import Case


@transaction.atomic
def reopen(*, case: Case, account: Account, reason: str) -> Case:
    """Take a decided case into review again, in the hands of whoever reopens it. One transaction.

    Its decisions stay in its history; what it made expected is expected no longer; its term begins anew. Raises
    :class:`InvalidInputError` without a reason, and :class:`~compliance.cases.move.NotNowError`.
    """
    case = locked(case)
    require(case, act=CaseAct.REOPEN, account=account)
    at = now()
    told = stated(reason)
    details = {"outcome": case.outcome}
    case.outcome, case.decided_at, case.assignee = "", None, account
    case.due_at = due_after(at, severity=case.severity)
    move(case, act=CaseAct.REOPEN, actor=account.actor, at=at, to=CaseState.IN_REVIEW, words=told, details=details)
    end_all_of(case=case, account=account, reason=told, at=at)
    return case
