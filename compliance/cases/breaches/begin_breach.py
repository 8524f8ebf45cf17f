"""Start the clock of a data breach, or find that there was none."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from compliance.access.roles import Capability
from compliance.cases.breaches.models import Breach
from compliance.cases.breaches.tell import tell_of_clock
from compliance.cases.breaches.vocabulary import BreachEnd
from compliance.cases.move import move
from compliance.cases.vocabulary import CaseAct, Outcome
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.notices.audience import people_who
from compliance.notices.vocabulary import NoticeKind
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.models import Case

TERM: Final = timedelta(hours=72)
"""GDPR article 33(1): without undue delay and, where feasible, not later than 72 hours after having become aware."""


def check_aware(aware_at: datetime, *, outcome: Outcome, at: datetime) -> None:
    """Refuse a moment that belongs to no breach, or that has not come yet."""
    told = ""
    if outcome is not Outcome.BREACH:
        told = _("Only of a data breach is it stated when you became aware of it.")
    elif aware_at > at:
        told = _("You cannot become aware of it later than now.")
    if told:
        raise InvalidInputError(errors=(FieldError("/aware_at", told, "wrong-moment"),))


def begin_breach(*, case: Case, account: Account, aware_at: datetime, at: datetime) -> Breach:
    """Let 72 hours run from when the officer became aware. In the caller's transaction.

    A clock that runs already is left as it is: nobody becomes aware of the same thing twice.
    """
    running = Breach.objects.running().filter(case=case).first()
    if running is not None:
        return running
    breach = Breach.objects.create(case=case, aware_at=aware_at, due_at=aware_at + TERM)
    move(
        case,
        act=CaseAct.BREACH,
        kind=ActKind.BREACH_BEGUN,
        actor=account.actor,
        at=at,
        details={"aware_at": aware_at.isoformat(), "due_at": breach.due_at.isoformat()},
    )
    tell_of_clock(breach, NoticeKind.BREACH_CLOCK_STARTED, people_who(Capability.DECIDE_CASES), at=at)
    return breach


def no_breach_after_all(*, case: Case, account: Account, reason: str, at: datetime) -> Breach | None:
    """Stop the clock that runs for a case, if one does: it was decided that there was no breach."""
    running = Breach.objects.running().filter(case=case).select_for_update(of=("self",)).first()
    if running is None:
        return None
    running.case = case
    return stop_clock(running, end=BreachEnd.NO_BREACH, account=account, reason=reason, at=at)


def stop_clock(breach: Breach, *, end: BreachEnd, account: Account, reason: str, at: datetime) -> Breach:
    """Write how a clock ended, with whatever else was set on the breach. In the caller's transaction."""
    breach.end, breach.ended_at, breach.ended_by, breach.reason = end, at, account.username, reason
    breach.save()
    move(
        breach.case,
        act=CaseAct.BREACH,
        kind=ActKind.BREACH_ENDED,
        actor=account.actor,
        at=at,
        words=reason,
        details={"end": end.value, "authority": breach.authority, "reference": breach.reference},
    )
    return breach
