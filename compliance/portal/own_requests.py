"""The organisation's own requests, by for whom they wait."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from compliance.authorisations.requests.awaited import awaited, waits_for
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.parties import request_for
from compliance.authorisations.requests.states import EDITABLE
from compliance.authorisations.requests.vocabulary import RequestState
from compliance.authorisations.requests.with_steps import with_steps
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


def own_requests(account: Account) -> dict[Waiting, list[AuthorisationRequest]]:
    """Return the requests that a partner's person may see, the newest first. Four queries."""
    found: dict[Waiting, list[AuthorisationRequest]] = {waiting: [] for waiting in Waiting}
    for request in with_steps(AuthorisationRequest.objects.visible_to(account)):
        found[_waiting(request, account)].append(request)
    return found


def home_of(request: HttpRequest, code: str) -> str:
    """Return where one goes back to: the review while it is written, the request's own page afterwards."""
    asked = request_for(reader_of(request), code)
    return PORTAL.address("request-review" if asked.state in EDITABLE else "request", code)


def _waiting(request: AuthorisationRequest, account: Account) -> Waiting:
    if request.state == RequestState.DRAFT:
        return Waiting.DRAFT
    if waits_for(request, account):
        return Waiting.ME
    return Waiting.OTHERS if awaited(request) else Waiting.NOBODY
