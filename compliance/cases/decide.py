"""Decide a case."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from compliance.access.roles import Capability
from compliance.cases.breaches.begin_breach import begin_breach, check_aware, no_breach_after_all
from compliance.cases.four_eyes import needs_second
from compliance.cases.models import CaseDecision
from compliance.cases.move import locked, move, require
from compliance.cases.said import stated
from compliance.cases.scope import Scope, check_scope
from compliance.cases.settle import settle
from compliance.cases.tell import tell
from compliance.cases.vocabulary import CaseAct, CaseState, Outcome
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.notices.audience import people_who
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.models import Case

_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What an officer decides. ``scope`` is for what is expected, ``passed_to`` for what is passed on.

    ``aware_at`` is when the officer became aware of a breach, from which 72 hours count; now, unless it is stated.
    """

    outcome: Outcome
    reason: str
    scope: Scope | None = None
    passed_to: str = ""
    aware_at: datetime | None = None


@transaction.atomic
def decide(*, case: Case, account: Account, judgement: Judgement) -> CaseDecision:
    """Decide a case, or propose the decision to a second person where four eyes are asked. One transaction.

    What is expected makes no case again, within its scope. The clock of a breach runs from when the officer became
    aware, whoever confirms it later. Raises :class:`InvalidInputError` and
    :class:`~compliance.cases.move.NotNowError`.
    """
    case = locked(case)
    second = needs_second(judgement.outcome)
    act = CaseAct.PROPOSE if second else CaseAct.DECIDE
    require(case, act=act, account=account)
    at = now()
    reason = stated(judgement.reason)
    passed_to = _checked(case, judgement, at)
    case.assignee = case.assignee or account
    if second:
        case.proposed_by = account.username
    else:
        case.decided_at, case.outcome = at, judgement.outcome
    to = CaseState.WAITING_SECOND if second else CaseState.DECIDED
    details = {"outcome": judgement.outcome.value}
    event = move(case, act=act, actor=account.actor, at=at, to=to, words=reason, details=details)
    decision = CaseDecision.objects.create(
        case=case,
        at=at,
        by=account.username,
        organisation=account.actor.organisation,
        entry=event.entry,
        outcome=judgement.outcome,
        reason=reason,
        scope=msgspec.to_builtins(judgement.scope) if judgement.scope else {},
        passed_to=passed_to,
        needs_second=second,
    )
    if judgement.outcome is Outcome.BREACH:
        begin_breach(case=case, account=account, aware_at=judgement.aware_at or at, at=at)
    elif not second:
        no_breach_after_all(case=case, account=account, reason=reason, at=at)
    if second:
        others = people_who(Capability.DECIDE_CASES).exclude(pk=account.pk)
        tell(case, NoticeKind.CASE_CONFIRMATION_ASKED, others, key=str(event.pk), by=account.username)
    else:
        settle(decision, account=account, at=at)
    return decision


def _checked(case: Case, judgement: Judgement, at: datetime) -> str:
    """Refuse a decision that lacks what it needs, or has what belongs to another; return to whom it is passed on."""
    outcome = judgement.outcome
    if (judgement.scope is not None) != (outcome is Outcome.EXPECTED):
        told = _("Say for whom, and until which day, this is expected; and only then.")
        raise InvalidInputError(errors=(FieldError("/scope", told, "no-scope"),))
    if judgement.scope is not None:
        check_scope(judgement.scope, case=case, findings=list(case.findings.all()), at=at)
    if bool(judgement.passed_to.strip()) != (outcome is Outcome.PASSED_ON):
        told = _("Say to whom it is passed on; and only then.")
        raise InvalidInputError(errors=(FieldError("/passed_to", told, "not-stated"),))
    if judgement.aware_at is not None:
        check_aware(judgement.aware_at, outcome=outcome, at=at)
    if outcome is not Outcome.PASSED_ON:
        return ""
    return stated(judgement.passed_to, field="passed_to", shortest=1, longest=_LONGEST_NAME)
