"""Choose when one is mailed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.kernel.clock import now
from compliance.notices.due import first_due
from compliance.notices.models import MailPreference, Notice
from compliance.notices.vocabulary import DIGEST_HOUR, URGENT

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.notices.vocabulary import MailWhen


@transaction.atomic
def choose_mail(*, account: Account, when: MailWhen, hour: int = DIGEST_HOUR) -> MailPreference:
    """Keep the choice, let what was neither read nor mailed follow it, and return it. One transaction.

    ``hour`` is that of daily mail, by the clock of Brussels. An address that the mail server did not know is tried
    again.
    """
    given = {"when": when, "hour": hour, "unknown_address": ""}
    preference, _is_new = MailPreference.objects.update_or_create(account=account, defaults=given)
    at, waiting = now(), Notice.objects.of(account).unread().filter(mailed_at=None)
    urgent = waiting.filter(kind__in=URGENT)
    urgent.update(mail_due_at=first_due(account=account, preference=preference, at=at, is_urgent=True))
    waiting.exclude(kind__in=URGENT).update(mail_due_at=first_due(account=account, preference=preference, at=at))
    return preference
