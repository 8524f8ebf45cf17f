"""Announce what is planned, so that its traffic surprises nobody."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.access.roles import Capability
from compliance.detection.planned_events.models import PlannedEvent
from compliance.detection.planned_events.tell import tell_of_announcement
from compliance.detection.planned_events.vocabulary import EventState
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, ForbiddenError, InvalidInputError
from compliance.kernel.identifiers import holds_insz
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.registry.models import Organisation, Service

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.detection.planned_events.vocabulary import EventKind

_LONGEST_NAME, _LONGEST_EXPLANATION, _LONGEST_DAYS = 200, 4_000, 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What somebody plans. ``partner`` is a code, and empty where it is about all; a partner's is always its own."""

    kind: EventKind
    name: str
    explanation: str = ""
    partner: str = ""
    service: str = ""
    begins: datetime
    ends: datetime


@transaction.atomic
def announce(*, account: Account, announcement: Announcement) -> PlannedEvent:
    """Announce an event. An officer's counts at once, a partner's once an officer accepted it. One transaction.

    Raises :class:`ForbiddenError` and :class:`InvalidInputError`.
    """
    is_officer = account.may(Capability.KEEP_DETECTORS)
    if not is_officer and not account.may(Capability.ANNOUNCE_EVENTS):
        raise ForbiddenError
    partner = _partner(account, announcement, is_officer=is_officer)
    _check(announcement)
    at = now()
    event = PlannedEvent.objects.create(
        kind=announcement.kind,
        name=announcement.name.strip(),
        explanation=announcement.explanation.strip(),
        partner=partner,
        service=announcement.service,
        begins=announcement.begins,
        ends=announcement.ends,
        state=EventState.ACCEPTED if is_officer else EventState.ANNOUNCED,
        announced_at=at,
        announced_by=account.username,
        announced_for=account.actor.organisation,
        settled_at=at if is_officer else None,
        settled_by=account.username if is_officer else "",
    )
    record_act(
        actor=account.actor,
        kind=ActKind.EVENT_ANNOUNCED,
        object_id=event.uid,
        details={
            "kind": event.kind,
            "partner": partner.code if partner else "",
            "service": event.service,
            "begins": event.begins.isoformat(),
            "ends": event.ends.isoformat(),
        },
    )
    if not is_officer:
        tell_of_announcement(event)
    return event


def _partner(account: Account, announcement: Announcement, *, is_officer: bool) -> Organisation | None:
    if not is_officer:
        return account.organisation
    if not announcement.partner:
        return None
    found = Organisation.objects.filter(code=announcement.partner).first()
    if found is None:
        told = _("There is no such organisation in the register.")
        raise InvalidInputError(errors=(FieldError("/partner", told, "unknown"),))
    return found


def _check(announcement: Announcement) -> None:
    errors = []
    for field, text, longest in (
        ("name", announcement.name, _LONGEST_NAME),
        ("explanation", announcement.explanation, _LONGEST_EXPLANATION),
    ):
        if len(text.strip()) > longest:
            told = _("Use at most %(count)s characters.") % {"count": longest}
            errors.append(FieldError(f"/{field}", told, "too-long"))
        elif holds_insz(text):
            told = _("This holds a national number. Leave it out: an event is never about one person.")
            errors.append(FieldError(f"/{field}", told, "holds-national-number"))
    if not announcement.name.strip():
        errors.append(FieldError("/name", _("Give it a name that others understand."), "not-stated"))
    if announcement.service and not Service.objects.filter(code=announcement.service).exists():
        errors.append(FieldError("/service", _("There is no such service in the register."), "unknown"))
    if announcement.ends <= announcement.begins:
        errors.append(FieldError("/ends", _("The end must come after the beginning."), "wrong-period"))
    elif (announcement.ends - announcement.begins).days > _LONGEST_DAYS:
        told = _("Choose an end within %(count)s days of the beginning.") % {"count": _LONGEST_DAYS}
        errors.append(FieldError("/ends", told, "too-long"))
    if errors:
        raise InvalidInputError(errors=tuple(errors))
