"""How long a request may wait in each state, in working days."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Max

from compliance.authorisations.requests.models import RequestEvent
from compliance.authorisations.requests.vocabulary import RequestAct, RequestState
from compliance.registry.terms import begin_of, calendar_after, days_of_term, end_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date, datetime

    from compliance.authorisations.requests.models import AuthorisationRequest

S = RequestState

# Working days after the day on which a state began; the last counts to its end.
TERMS: dict[RequestState, int] = {
    S.SUBMITTED: 20,
    S.ADVICE: 20,  # one term for both advisers: it began when the request was submitted
    S.EXTERNAL: 60,
    S.READY: 20,
    S.RETURNED: 15,
    S.GRANTED: 15,
    S.SIGNED: 10,
    S.PUBLISHED: 10,
    S.IN_TEST: 60,
}
ANSWER_DAYS = 15  # to a question in the thread
NEAR_DAYS = 3


class Span(NamedTuple):
    """A term of one request: when it began, when people are reminded, and the last moment of its last day."""

    began_at: datetime
    half_at: datetime
    near_at: datetime
    due_at: datetime


def due_at(request: AuthorisationRequest) -> datetime | None:
    """Return when the term of its present state ends; ``None`` when it waits for nobody. Two queries at the most."""
    span = spans([request]).get(request.pk)
    return span.due_at if span else None


def spans(requests: Collection[AuthorisationRequest]) -> dict[int, Span]:
    """Return the terms that run, by the key of the request. Two queries for any number of them."""
    waiting = [one for one in requests if RequestState(one.state) in TERMS]
    if not waiting:
        return {}
    submitted = _submitted([one for one in waiting if one.state == S.ADVICE])
    began = {one.pk: submitted.get(one.pk, one.state_since) for one in waiting}
    calendar = calendar_after(began.values(), max(TERMS[RequestState(one.state)] for one in waiting))
    return {one.pk: _span(began[one.pk], TERMS[RequestState(one.state)], calendar) for one in waiting}


def _span(began_at: datetime, days: int, calendar: list[date]) -> Span:
    term = days_of_term(began_at, days, calendar)
    near = term[max(len(term) - 1 - NEAR_DAYS, 0)]
    due = end_of(term[-1])
    return Span(began_at, began_at + (due - began_at) / 2, begin_of(near), due)


def _submitted(requests: list[AuthorisationRequest]) -> dict[int, datetime]:
    """Return when each was submitted last. A query, where there are any."""
    submits = RequestEvent.objects.filter(request__in=requests, act=RequestAct.SUBMIT).order_by()
    return dict(submits.values_list("request").annotate(Max("at"))) if requests else {}
