"""Tell officers of what a partner announced, and the partner of what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse

from compliance.access.models import Account
from compliance.access.roles import Capability
from compliance.kernel.clock import BRUSSELS
from compliance.notices.audience import people_who
from compliance.notices.notify import notify
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from compliance.detection.planned_events.models import PlannedEvent
    from compliance.notices.models import Notice


def tell_of_announcement(event: PlannedEvent) -> list[Notice]:
    """Tell officers. In the caller's transaction."""
    words = {
        "organisation": event.announced_for,
        "title": event.name,
        "day": event.begins.astimezone(BRUSSELS).date().isoformat(),
    }
    officers = people_who(Capability.KEEP_DETECTORS)
    return notify(
        recipients=officers, kind=NoticeKind.EVENT_ANNOUNCED, key=str(event.uid), address=reverse("events"), words=words
    )


def tell_of_settlement(event: PlannedEvent) -> list[Notice]:
    """Tell whoever announced it. In the caller's transaction."""
    return notify(
        recipients=Account.objects.filter(username=event.announced_by),
        kind=NoticeKind.EVENT_SETTLED,
        key=f"{event.uid}:{event.state}",
        address=reverse("portal-events" if event.announced_for else "events"),
        words={"title": event.name},
    )
