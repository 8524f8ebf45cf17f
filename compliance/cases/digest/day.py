"""What there is for one officer to do: counts and codes, and nothing about anybody."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from compliance.cases.breaches.models import Breach
from compliance.cases.models import Case
from compliance.cases.questions.models import PartnerQuestion
from compliance.detection.behind import behind
from compliance.kernel.clock import BRUSSELS
from compliance.registry.terms import end_of

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account

NAMED = 5
LATE = timedelta(hours=2)
"""Detection looks every hour: what waits longer is behind."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerDay:
    """Counts of cases, questions and clocks; hours that detection is behind; the codes of the gravest cases."""

    new: int
    mine: int
    due: int
    waiting: int
    second: int
    questions: int
    clocks: int
    hours: int
    codes: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        counts = (self.new, self.mine, self.due, self.waiting, self.second, self.questions, self.clocks, self.hours)
        return not any(counts)


def officer_day(account: Account, *, at: datetime) -> OfficerDay:
    """Count what there is for an officer at a moment; due is what ends today. Some ten queries."""
    cases = Case.objects.visible_to(account)
    questions = PartnerQuestion.objects.visible_to(account)
    today = end_of(at.astimezone(BRUSSELS).date())
    by = behind().by
    return OfficerDay(
        new=cases.new().count(),
        mine=cases.mine(account).count(),
        due=cases.due(today).count(),
        waiting=cases.waiting_for_partner().count(),
        second=cases.waiting_for_second(account).count(),
        questions=questions.overdue(at).count(),
        clocks=Breach.objects.running().count(),
        hours=by // timedelta(hours=1) if by is not None and by >= LATE else 0,
        codes=tuple(cases.open().by_risk().values_list("code", flat=True)[:NAMED]),
    )
