"""What requests ask of somebody now: a short list for a first page, what is due first comes first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.authorisations.requests.attention import waiting_requests
from compliance.authorisations.requests.models import AuthorisationRequest, RequestMessage
from compliance.authorisations.requests.vocabulary import Section
from compliance.console.presenters import words
from compliance.console.presenters.request_queue import RequestRow, present_rows
from compliance.console.presenters.request_words import title_of_request

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names

SHOWN = 6


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A question of the other side that nobody answered yet."""

    address: str
    question: str
    about: str


@dataclass(frozen=True, slots=True)
class RequestsAsked:
    """What waits for the reader, and the open questions."""

    address: str
    rows: tuple[RequestRow, ...]
    more: str
    late: tuple[RequestRow, ...]
    questions: tuple[OpenQuestion, ...]


def present_asked(account: Account, *, at: datetime, names: Names, door: Door) -> RequestsAsked:
    """Gather what is asked of somebody. Ten queries at most, however many requests there are."""
    waiting = waiting_requests(account, at=at)
    own, late, terms = waiting.own, waiting.late_elsewhere[:SHOWN], waiting.terms
    more = len(own) - SHOWN
    return RequestsAsked(
        address=door.address("requests"),
        rows=present_rows(own[:SHOWN], account=account, terms=terms, at=at, names=names, door=door),
        more=ngettext("And %(count)s more.", "And %(count)s more.", more) % {"count": words.figure(more)}
        if more > 0
        else "",
        late=present_rows(late, account=account, terms=terms, at=at, names=names, door=door),
        questions=tuple(_questions(account, door)),
    )


def _questions(account: Account, door: Door) -> list[OpenQuestion]:
    side = account.organisation.code if account.organisation else ""
    visible = AuthorisationRequest.objects.visible_to(account).open()
    asked = RequestMessage.objects.filter(request__in=visible, is_question=True, answered_by=None)
    found = asked.exclude(organisation=side).select_related("request").order_by("id")
    return [
        OpenQuestion(
            address=f"{door.address('request', one.request.code)}#thread-{one.section or 'whole'}",
            question=one.message,
            about=_("%(title)s, %(section)s")
            % {
                "title": title_of_request(one.request),
                "section": str(Section(one.section).label) if one.section else one.request.code,
            },
        )
        for one in found[:SHOWN]
    ]
