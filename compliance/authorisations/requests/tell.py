"""Tell the people around a request what happened with it, as the tables say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authorisations.requests.address import address_for
from compliance.authorisations.requests.audience import KEEPERS, Audience, people_around
from compliance.authorisations.requests.deadlines import ANSWER_DAYS, due_at
from compliance.authorisations.requests.parties import parties_of
from compliance.authorisations.requests.tellings import ALL_BUT_OPERATORS, OF_PARTNER, TELLINGS
from compliance.authorisations.requests.vocabulary import DecisionOutcome, RequestAct, RequestState
from compliance.kernel.clock import BRUSSELS
from compliance.notices.notify import notify
from compliance.notices.sentences import places_of
from compliance.notices.vocabulary import NoticeKind
from compliance.registry.keeper import keeper
from compliance.registry.terms import end_of_term

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestEvent, RequestMessage
    from compliance.notices.models import Notice


def tell_of_step(event: RequestEvent) -> list[Notice]:
    """Tell of a step whoever the table names, but not who took it; return the notices. In the caller's transaction."""
    request = event.request
    tellings = TELLINGS[RequestAct(event.act), RequestState(event.to_state)]
    if not tellings:
        return []
    is_draft = event.from_state == RequestState.DRAFT and event.act != RequestAct.SUBMIT
    people = _but_of_drafts(people_around(request), is_draft=is_draft)
    told, due = [], due_at(request)
    for kind, audiences in tellings:
        meant = [person for person, of in people if person.username != event.by and of & set(audiences)]
        told += tell(request, _kind(kind, request), meant, key=str(event.pk), due=due, by=event.organisation)
    return told


def tell_of_message(message: RequestMessage, *, writer: Account) -> list[Notice]:
    """Tell of a message: a question to the other side, the rest to both. In the caller's transaction."""
    request = message.request
    kind, audiences = NoticeKind.THREAD_MESSAGE, set(ALL_BUT_OPERATORS)
    if message.is_question:
        kind = NoticeKind.QUESTION_ASKED
        audiences = set(OF_PARTNER) if parties_of(writer, request) & KEEPERS else {Audience.OFFICERS}
    elif message.answers_id is not None:
        kind = NoticeKind.QUESTION_ANSWERED
    people = _but_of_drafts(people_around(request), is_draft=request.state == RequestState.DRAFT)
    meant = [person for person, of in people if person != writer and of & audiences]
    due = end_of_term(message.at, ANSWER_DAYS)
    return tell(request, kind, meant, key=f"{request.code}:{message.pk}", due=due, by=message.organisation)


def tell(
    request: AuthorisationRequest,
    kind: NoticeKind,
    people: Iterable[Account],
    *,
    key: str,
    due: datetime | None,
    by: str = "",
) -> list[Notice]:
    """Tell people something about a request, each with the address at their own door. In the caller's transaction."""
    words = {
        "by": by or keeper(),
        "code": request.code,
        "organisation": request.organisation.code,
        "title": request.said.parties.title or "—",
    }
    if due is not None:
        words["day"] = due.astimezone(BRUSSELS).date().isoformat()
    fitting = {place: words[place] for place in places_of(kind)}
    doors: dict[str, list[Account]] = {}
    for person in people:
        doors.setdefault(address_for(person, request.code), []).append(person)
    return [
        notice
        for address, those in doors.items()
        for notice in notify(recipients=those, kind=kind, key=key, address=address, words=fitting)
    ]


def _but_of_drafts(
    people: list[tuple[Account, frozenset[Audience]]], *, is_draft: bool
) -> list[tuple[Account, frozenset[Audience]]]:
    """Leave out the keeper's people where it is a draft, which they may not see."""
    return [one for one in people if not is_draft or one[1] & set(OF_PARTNER)]


def _kind(kind: NoticeKind, request: AuthorisationRequest) -> NoticeKind:
    """Say of what was granted whether there are conditions to read."""
    if kind is NoticeKind.REQUEST_GRANTED:
        decision = request.requestdecisions.order_by("-id").first()
        if decision is not None and decision.outcome == DecisionOutcome.CONDITIONAL:
            return NoticeKind.REQUEST_GRANTED_WITH_CONDITIONS
    return kind
