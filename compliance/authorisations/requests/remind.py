"""Remind people whose turn it is: halfway the term, three working days before its end, and after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.requests.audience import Audience, people_around
from compliance.authorisations.requests.deadlines import spans
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.move import locked
from compliance.authorisations.requests.tell import tell
from compliance.notices.vocabulary import NoticeKind

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.authorisations.requests.deadlines import Span
    from compliance.notices.models import Notice

PASSED = "passed"


def remind_of_terms(*, at: datetime) -> list[Notice]:
    """Remind of every term that reached one of those moments; return the new notices. One transaction each.

    Safe to repeat: each moment of a term is told once to a person. After a pause only the last one is told.
    """
    waiting = list(AuthorisationRequest.objects.open().order_by("id"))
    terms = spans(waiting)
    return [
        notice
        for request in waiting
        if (reached := _reached(terms[request.pk], at))
        for notice in _remind(request, terms[request.pk], reached)
    ]


@transaction.atomic
def _remind(request: AuthorisationRequest, span: Span, reached: str) -> list[Notice]:
    present = locked(request)
    if (present.state, present.state_since) != (request.state, request.state_since):
        return []  # somebody moved it since, and it waits for others
    kind, meant = NoticeKind.DEADLINE_NEAR, {Audience.AWAITED}
    if reached == PASSED:  # officers follow up what is late, whoever it waits for
        kind, meant = NoticeKind.DEADLINE_PASSED, {Audience.AWAITED, Audience.OFFICERS}
    people = [person for person, of in people_around(present) if of & meant]
    return tell(present, kind, people, key=f"{request.code}:{span.due_at:%Y-%m-%d}:{reached}", due=span.due_at)


def _reached(span: Span, at: datetime) -> str:
    """Return the last moment of the term that has come; nothing before the first."""
    moments = {PASSED: span.due_at, "near": span.near_at, "half": span.half_at}
    return next((name for name, moment in moments.items() if at > moment), "")
