"""What waits for a partner: requests to complete, to advise on or to sign, and questions without an answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from compliance.authorisations.requests.awaited import awaited
from compliance.authorisations.requests.vocabulary import Party, RequestAct, RequestState
from compliance.console.presenters import words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.utils.functional import Promise

    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.console.door import Door

_OWN = frozenset({Party.REQUESTER, Party.PARTNER_DPO})
_TURNS: dict[RequestAct, Promise | str] = {
    RequestAct.SUBMIT: gettext_lazy("complete it and submit it"),
    RequestAct.ADVISE: gettext_lazy("advice of the partner's data protection officer"),
    RequestAct.SIGN: gettext_lazy("signature of the partner"),
}


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """A request that waits: which one, for what, and since when."""

    code: str
    title: str
    waits_for: str
    since: str
    address: str


def present_open_questions(
    *, requests: Iterable[AuthorisationRequest], partner: str, door: Door
) -> tuple[OpenQuestion, ...]:
    """Put into rows the requests that wait for a partner, the longest first."""
    waiting = ((request, list(_waits_for(request, partner))) for request in requests)
    rows = sorted(((one, told) for one, told in waiting if told), key=lambda pair: pair[0].state_since)
    return tuple(
        OpenQuestion(
            code=request.code,
            title=request.said.parties.title or _("Without a title"),
            waits_for=words.enumeration(told),
            since=words.day(words.local_day(request.state_since)),
            address=door.address("request", request.code),
        )
        for request, told in rows
    )


def _waits_for(request: AuthorisationRequest, partner: str) -> Iterator[str]:
    for one in awaited(request):
        if one.by & _OWN and one.act in _TURNS:
            returned = one.act is RequestAct.SUBMIT and request.state == RequestState.RETURNED
            yield _("answer the questions and submit it again") if returned else str(_TURNS[one.act])
    asked = [message for message in request.requestmessages.all() if message.is_question]
    open_ones = [one for one in asked if one.organisation != partner and not list(one.answered_by.all())]
    if open_ones:
        count = len(open_ones)
        yield ngettext("%(count)s question without an answer", "%(count)s questions without an answer", count) % {
            "count": words.figure(count)
        }
