"""Take what is due for one person, so that no other sender takes it meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F

from compliance.notices.due import wait_after
from compliance.notices.models import Notice

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.notices.queries import NoticeQuerySet

# Longer than a mail server that answers slowly keeps a sender.
SHORTEST_CLAIM = timedelta(minutes=5)
MOST_IN_ONE = 50


@dataclass(frozen=True, slots=True)
class Claim:
    """Notices of one person, oldest first, that are ours to mail until a moment."""

    recipient: Account
    notices: tuple[Notice, ...]
    until: datetime

    @property
    def attempts(self) -> int:
        """How often was tried for the one that was tried most, this time included."""
        return max(notice.mail_attempts for notice in self.notices) + 1

    def rows(self) -> NoticeQuerySet:
        """Return the rows that are still ours: nobody chose otherwise, or took them when the claim had ended."""
        return Notice.objects.filter(pk__in=[notice.pk for notice in self.notices], mail_due_at=self.until)


def claim(*, at: datetime) -> Claim | None:
    """Claim what is due for whoever waits longest, and return it. One durable transaction, over before mail is sent.

    A transaction that stayed open while a mail server is slow would hold back the sealing of the ledger. Hence the
    next attempt is planned before this one: if the sender dies, another tries again when the claim has ended.
    """
    with transaction.atomic(durable=True):
        waiting = Notice.objects.to_mail(at).select_for_update(skip_locked=True, of=("self",))
        first = waiting.order_by("mail_due_at", "id").select_related("recipient").first()
        if first is None:
            return None
        notices = tuple(waiting.filter(recipient=first.recipient).order_by("id")[:MOST_IN_ONE])
        taken = Claim(first.recipient, notices, at)
        until = at + max(SHORTEST_CLAIM, wait_after(taken.attempts))
        rows = Notice.objects.filter(pk__in=[notice.pk for notice in notices])
        rows.update(mail_due_at=until, mail_attempts=F("mail_attempts") + 1)
    return Claim(first.recipient, notices, until)
