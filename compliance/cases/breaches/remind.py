"""Remind officers of the clock of a data breach: 48 and 12 hours before its end, and once it has passed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db import transaction

from compliance.access.roles import Capability
from compliance.cases.breaches.models import Breach
from compliance.cases.breaches.tell import tell_of_clock
from compliance.notices.audience import people_who
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.notices.models import Notice

MOMENTS: Final = (
    ("passed", timedelta(0), NoticeKind.BREACH_CLOCK_PASSED),
    ("12-hours", timedelta(hours=12), NoticeKind.BREACH_CLOCK_NEAR),
    ("48-hours", timedelta(hours=48), NoticeKind.BREACH_CLOCK_NEAR),
)
"""How long before the end people are told; the last that has come is the one they are told of."""


@transaction.atomic
def remind_of_clocks(*, at: datetime) -> list[Notice]:
    """Remind of each clock that reached one of its moments; return the new notices. One transaction.

    Safe to repeat: each moment is told once to a person. After a pause only the last one is told.
    """
    officers = list(people_who(Capability.DECIDE_CASES))
    return [
        notice
        for breach in Breach.objects.running().select_related("case")
        for name, before, kind in MOMENTS
        if name == _reached(breach, at)
        for notice in tell_of_clock(breach, kind, officers, at=at, moment=name)
    ]


def _reached(breach: Breach, at: datetime) -> str:
    return next((name for name, before, _ in MOMENTS if at >= breach.due_at - before), "")
