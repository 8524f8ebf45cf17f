"""How much mail does not get away."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q

from compliance.notices.models import Notice

SLOW = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """How many notices should have been mailed, and when the oldest of them was made."""

    count: int
    since: datetime | None


def waiting_mail(*, at: datetime) -> WaitingMail:
    """Count what was tried in vain, or was due for minutes while nobody tried. One query."""
    waiting = Notice.objects.not_mailed().filter(Q(mail_attempts__gt=0) | Q(mail_due_at__lt=at - SLOW))
    found = waiting.order_by().aggregate(count=Count("pk"), since=Min("made_at"))
    return WaitingMail(found["count"], found["since"])
