"""Tell each officer what there is to do, once a day, at the hour of their own choice."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.urls import reverse

from compliance.access.roles import Capability
from compliance.cases.digest.day import officer_day
from compliance.kernel.clock import BRUSSELS
from compliance.notices.audience import people_who
from compliance.notices.models import MailPreference
from compliance.notices.notify import notify
from compliance.notices.vocabulary import MailWhen, NoticeKind

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.cases.digest.day import OfficerDay
    from compliance.notices.models import Notice

AHEAD = timedelta(minutes=5)
"""Told so long before the hour, it goes in one mail with the other notices of that hour."""


def send_digests(*, at: datetime) -> list[Notice]:
    """Tell the officers whose hour has come, or comes at once; return the notices. One transaction for each.

    Once a day each, however often this runs and by how many at a time: also when there was nothing to tell at the
    hour. Who does not want mail is told nothing: the same stands on the first page.
    """
    return [notice for officer in people_who(Capability.DECIDE_CASES).order_by("pk") for notice in _tell(officer, at)]


@transaction.atomic
def _tell(officer: Account, at: datetime) -> list[Notice]:
    MailPreference.objects.get_or_create(account=officer)
    preference = MailPreference.objects.select_for_update().get(account=officer)
    here = at.astimezone(BRUSSELS)
    today, hour = here.date(), datetime.combine(here.date(), time(preference.hour), tzinfo=BRUSSELS)
    if preference.when == MailWhen.NEVER or preference.digested_on == today or at + AHEAD < hour:
        return []
    preference.digested_on = today
    preference.save(update_fields=["digested_on"])
    day = officer_day(officer, at=at)
    if day.is_empty:
        return []
    return notify(
        recipients=[officer],
        kind=NoticeKind.OFFICER_DIGEST,
        key=today.isoformat(),
        address=reverse("cases"),
        words=_words(day, today.isoformat()),
        is_urgent=at >= hour,
    )


def _words(day: OfficerDay, today: str) -> dict[str, str]:
    counts = ("new", "mine", "due", "waiting", "second", "questions", "clocks", "hours")
    return {
        "day": today,
        "codes": ", ".join(day.codes) or "—",
        **{name: str(getattr(day, name)) for name in counts},
    }
