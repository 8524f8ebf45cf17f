"""The way of a request as steps with their dates: what is done, where it stands, and what is to come."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.states import ENDED
from compliance.authorisations.requests.vocabulary import RequestState
from compliance.console.presenters import words
from compliance.console.presenters.request_words import TONES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.authorisations.requests.models import AuthorisationRequest, RequestEvent

S = RequestState


@dataclass(frozen=True, slots=True)
class WayStep:
    """One step: what it is called, how it stands (``done``, ``now``, ``coming`` or ``ended``), and that in words."""

    name: str
    standing: str
    told: str
    tone: str = ""


_ADVICE = frozenset({S.SUBMITTED, S.ADVICE, S.EXTERNAL})
_ORDER: tuple[frozenset[RequestState], ...] = (
    frozenset({S.DRAFT, S.RETURNED}),
    _ADVICE,
    frozenset({S.READY}),
    frozenset({S.GRANTED}),
    frozenset({S.SIGNED}),
    frozenset({S.PUBLISHED}),
    frozenset({S.IN_TEST}),
    frozenset({S.IN_PRODUCTION, S.SUSPENDED}),
)


def present_way(request: AuthorisationRequest, events: Sequence[RequestEvent]) -> tuple[WayStep, ...]:
    """Return the steps from draft to production; of what ended early, those that it took and how it ended."""
    return tuple(_steps(request, events))


def _steps(request: AuthorisationRequest, events: Sequence[RequestEvent]) -> Iterator[WayStep]:
    state = RequestState(request.state)
    at = next((place for place, states in enumerate(_ORDER) if state in states), None)
    for place, (states, name) in enumerate(zip(_ORDER, _names(), strict=True)):
        left = [event for event in events if event.from_state in states and event.to_state not in states]
        if place == at:
            told = _("now: %(state)s, since %(day)s") % {
                "state": str(state.label),
                "day": words.day(words.local_day(request.state_since)),
            }
            yield WayStep(name, "now", told, TONES.get(state, "calm"))
        elif left and (at is None or place < at):
            yield WayStep(name, "done", _("done on %(day)s") % {"day": words.day(words.local_day(left[-1].at))})
        elif state not in ENDED and at is not None and place > at:
            yield WayStep(name, "coming", _("to come"))
    if state in ENDED:
        told = _("on %(day)s") % {"day": words.day(words.local_day(request.state_since))}
        yield WayStep(words.sentence(str(state.label)), "ended", told, TONES.get(state, "calm"))


def _names() -> tuple[str, ...]:
    return (
        _("Written"),
        _("Advised"),
        _("Decided"),
        _("Signed"),
        _("Published"),
        _("Opened for tests"),
        _("Tested"),
        _("In production"),
    )
