"""Planned events in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge, Tone
from compliance.detection.planned_events.vocabulary import EventState

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.console.presenters.names import Names
    from compliance.detection.planned_events.models import PlannedEvent

_TONES: Final[dict[str, Tone]] = {
    EventState.ANNOUNCED: "care",
    EventState.ACCEPTED: "good",
    EventState.REFUSED: "bad",
    EventState.CANCELLED: "calm",
}


@dataclass(frozen=True, slots=True)
class EventRow:
    """One event: what, of whom, when, who announced it, and what came of it."""

    uid: str
    name: str
    kind: str
    state: Badge
    scope: str
    period: str
    explanation: str
    told: str
    settled: str
    can_be_settled: bool
    can_be_cancelled: bool


def present_events(found: Iterable[PlannedEvent], *, names: Names) -> tuple[EventRow, ...]:
    """Put events into rows."""
    return tuple(_row(one, names) for one in found)


def _row(one: PlannedEvent, names: Names) -> EventRow:
    scope = [
        names.organisation(one.partner.code) if one.partner else _("every partner"),
        names.service(one.service) if one.service else _("every service"),
    ]
    return EventRow(
        uid=str(one.uid),
        name=one.name,
        kind=words.sentence(str(one.get_kind_display())),
        state=Badge(str(one.get_state_display()), _TONES[one.state]),
        scope=", ".join(scope),
        period=_("from %(first)s until %(last)s") % {"first": words.moment(one.begins), "last": words.moment(one.ends)},
        explanation=one.explanation,
        told=_("%(who)s, %(moment)s") % {"who": one.announced_by, "moment": words.moment(one.announced_at)},
        settled=_settled(one),
        can_be_settled=one.state == EventState.ANNOUNCED,
        can_be_cancelled=one.state in {EventState.ANNOUNCED, EventState.ACCEPTED},
    )


def _settled(one: PlannedEvent) -> str:
    if one.settled_at is None or (one.settled_by == one.announced_by and not one.settled_reason):
        return ""
    who = _("%(who)s, %(moment)s") % {"who": one.settled_by, "moment": words.moment(one.settled_at)}
    return f"{who}: {one.settled_reason}" if one.settled_reason else who
