"""Confirm what another officer decided, or not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.access.models import Account
from compliance.cases.breaches.begin_breach import no_breach_after_all
from compliance.cases.four_eyes import FourEyesError, may_confirm
from compliance.cases.models import CaseConfirmation, CaseDecision
from compliance.cases.move import locked, move, require
from compliance.cases.said import stated
from compliance.cases.settle import settle
from compliance.cases.tell import tell
from compliance.cases.vocabulary import CaseAct, CaseState, Outcome
from compliance.kernel.clock import now
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from compliance.cases.models import Case


@transaction.atomic
def confirm(*, case: Case, account: Account, words: str = "") -> CaseConfirmation:
    """Confirm the decision that waits: from now on it holds. One transaction.

    Raises :class:`FourEyesError` for whoever made it, and :class:`~compliance.cases.move.NotNowError`.
    """
    case = locked(case)
    require(case, act=CaseAct.CONFIRM, account=account)
    if not may_confirm(case, account):
        raise FourEyesError
    at = now()
    told = stated(words, field="words", shortest=1) if words.strip() else ""
    decision = waiting_decision(case)
    case.proposed_by, case.decided_at, case.outcome = "", at, decision.outcome
    event = move(
        case,
        act=CaseAct.CONFIRM,
        actor=account.actor,
        at=at,
        to=CaseState.DECIDED,
        words=told,
        details={"outcome": decision.outcome, "proposed_by": decision.by},
    )
    made = CaseConfirmation.objects.create(
        decision=decision,
        agrees=True,
        reason=told,
        at=at,
        by=account.username,
        organisation=account.actor.organisation,
        entry=event.entry,
    )
    if decision.outcome != Outcome.BREACH:
        no_breach_after_all(case=case, account=account, reason=decision.reason, at=at)
    settle(decision, account=account, at=at)
    return made


@transaction.atomic
def refuse(*, case: Case, account: Account, reason: str) -> CaseConfirmation:
    """Send the decision that waits back to review, or take the own one back. One transaction.

    The clock of a breach that was proposed stops: it was none. Raises :class:`InvalidInputError` without a reason.
    """
    case = locked(case)
    require(case, act=CaseAct.REFUSE, account=account)
    at = now()
    told = stated(reason)
    decision = waiting_decision(case)
    case.proposed_by = ""
    event = move(
        case,
        act=CaseAct.REFUSE,
        actor=account.actor,
        at=at,
        to=CaseState.IN_REVIEW,
        words=told,
        details={"outcome": decision.outcome, "proposed_by": decision.by},
    )
    made = CaseConfirmation.objects.create(
        decision=decision,
        agrees=False,
        reason=told,
        at=at,
        by=account.username,
        organisation=account.actor.organisation,
        entry=event.entry,
    )
    if decision.outcome == Outcome.BREACH:
        no_breach_after_all(case=case, account=account, reason=told, at=at)
    if decision.by != account.username:
        proposer = Account.objects.filter(username=decision.by)
        tell(case, NoticeKind.CASE_NOT_CONFIRMED, proposer, key=str(event.pk), by=account.username)
    return made


def waiting_decision(case: Case) -> CaseDecision:
    """Return the decision of a case that waits for a second person."""
    return case.decisions.filter(needs_second=True, confirmation=None).latest("id")
