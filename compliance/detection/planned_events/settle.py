"""Accept what a partner announced, or not; cancel what will not take place."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.access.roles import Capability
from compliance.detection.planned_events.models import PlannedEvent
from compliance.detection.planned_events.tell import tell_of_settlement
from compliance.detection.planned_events.vocabulary import EventState
from compliance.kernel.clock import now
from compliance.kernel.errors import ConflictError, FieldError, ForbiddenError, InvalidInputError, NotFoundError
from compliance.kernel.identifiers import holds_insz
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.access.models import Account

SHORTEST_REASON, _LONGEST = 10, 4_000
SOURCES = {
    EventState.ACCEPTED: {EventState.ANNOUNCED},
    EventState.REFUSED: {EventState.ANNOUNCED},
    EventState.CANCELLED: {EventState.ANNOUNCED, EventState.ACCEPTED},
}


class SettledBeforeError(ConflictError):
    """Somebody was first."""

    problem_type = "event-settled"
    title = "Somebody has settled this event before you. Look at it again."


def accept(*, uid: UUID, account: Account) -> PlannedEvent:
    """Let an announced event count from now on. One transaction."""
    return _settle(uid, account, EventState.ACCEPTED, "")


def refuse(*, uid: UUID, account: Account, reason: str) -> PlannedEvent:
    """Let an announced event not count, and say why. One transaction."""
    return _settle(uid, account, EventState.REFUSED, _stated(reason))


def cancel(*, uid: UUID, account: Account, reason: str) -> PlannedEvent:
    """Cancel an event: an officer any, a partner what it announced itself. One transaction."""
    return _settle(uid, account, EventState.CANCELLED, _stated(reason))


@transaction.atomic
def _settle(uid: UUID, account: Account, to: EventState, reason: str) -> PlannedEvent:
    visible = PlannedEvent.objects.visible_to(account).filter(uid=uid)
    event = PlannedEvent.objects.select_for_update(of=("self",)).filter(pk__in=visible.values("pk")).first()
    if event is None:
        raise NotFoundError
    own = to is EventState.CANCELLED and event.announced_for and event.announced_for == account.actor.organisation
    if not account.may(Capability.KEEP_DETECTORS) and not own:
        raise ForbiddenError
    if event.state not in SOURCES[to]:
        raise SettledBeforeError
    event.state, event.settled_at, event.settled_by, event.settled_reason = to, now(), account.username, reason
    event.save()
    record_act(actor=account.actor, kind=ActKind.EVENT_SETTLED, object_id=event.uid, details={"state": to.value})
    if account.username != event.announced_by:
        tell_of_settlement(event)
    return event


def _stated(reason: str) -> str:
    told = reason.strip()
    if not SHORTEST_REASON <= len(told) <= _LONGEST or holds_insz(told):
        detail = _("Say why in at least ten characters, and without a national number.")
        raise InvalidInputError(errors=(FieldError("/reason", detail, "not-a-reason"),))
    return told
