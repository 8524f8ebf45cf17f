"""The organisation's own requests, by what has to happen with them, and by whom."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from compliance.authorisations.requests.content import material_digest
from compliance.authorisations.requests.models import AuthorisationRequest, RequestAdvice, RequestSignature
from compliance.authorisations.requests.parties import parties_of, request_for
from compliance.authorisations.requests.queries import OPEN_STATES
from compliance.authorisations.requests.states import EDITABLE, allowed_acts
from compliance.authorisations.requests.vocabulary import Adviser, RequestAct, RequestState
from compliance.console.reader import reader_of
from compliance.portal.own import PORTAL

if TYPE_CHECKING:
    from django.http import HttpRequest

    from compliance.access.models import Account


class Waiting(StrEnum):
    """For whom a request waits."""

    DRAFT = "draft"
    ME = "me"
    OTHERS = "others"
    NOBODY = "nobody"


DUTIES = frozenset({RequestAct.SUBMIT, RequestAct.ADVISE, RequestAct.SIGN})
"""What somebody is waited for to do; withdrawing is nobody's duty."""


def own_requests(account: Account) -> dict[Waiting, list[AuthorisationRequest]]:
    """Return the requests that a partner's person may see, the newest first. Three queries."""
    requests = list(AuthorisationRequest.objects.visible_to(account).select_related("organisation"))
    advised = _advised(requests)
    signed = set(
        RequestSignature.objects.filter(request__in=requests, by=account.username).values_list("request_id", flat=True)
    )
    found: dict[Waiting, list[AuthorisationRequest]] = {waiting: [] for waiting in Waiting}
    for request in requests:
        duties = DUTIES & set(allowed_acts(RequestState(request.state), parties_of(account, request)))
        if request.pk in advised:
            duties -= {RequestAct.ADVISE}
        if request.pk in signed:
            duties -= {RequestAct.SIGN}
        found[_waiting(request, duties)].append(request)
    return found


def home_of(request: HttpRequest, code: str) -> str:
    """Return where one goes back to: the review while it is written, the request's own page afterwards."""
    asked = request_for(reader_of(request), code)
    return PORTAL.address("request-review" if asked.state in EDITABLE else "request", code)


def _waiting(request: AuthorisationRequest, duties: frozenset[RequestAct]) -> Waiting:
    if request.state == RequestState.DRAFT:
        return Waiting.DRAFT
    if duties:
        return Waiting.ME
    return Waiting.OTHERS if request.state in {*OPEN_STATES, *EDITABLE} else Waiting.NOBODY


def _advised(requests: list[AuthorisationRequest]) -> set[int]:
    """Return those on whose present text the partner's data protection officer advised. One query."""
    advices = RequestAdvice.objects.filter(request__in=requests, adviser=Adviser.RECIPIENT_DPO)
    texts = set(advices.values_list("request_id", "text__material"))
    return {request.pk for request in requests if texts and (request.pk, material_digest(request.said)) in texts}
