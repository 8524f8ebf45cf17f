"""The own requests in a list: what waits for the reader first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from compliance.authorisations.requests.vocabulary import RequestKind, RequestState
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.portal.own_requests import Waiting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.console.presenters.badge import Tone

TONES: dict[RequestState, Tone] = {
    RequestState.DRAFT: "open",
    RequestState.RETURNED: "care",
    RequestState.REFUSED: "bad",
    RequestState.SUSPENDED: "bad",
    RequestState.IN_PRODUCTION: "good",
}


@dataclass(frozen=True, slots=True)
class RequestRow:
    """A request in the list."""

    address: str
    title: str
    code: str
    kind: str
    state: Badge
    since: str


@dataclass(frozen=True, slots=True)
class RequestGroup:
    """Requests that wait for the same."""

    key: str
    heading: str
    rows: tuple[RequestRow, ...]


def present_requests(found: Mapping[Waiting, Sequence[AuthorisationRequest]]) -> tuple[RequestGroup, ...]:
    """Put the requests in groups; those without any are left out."""
    headings = {
        Waiting.DRAFT: _("Drafts"),
        Waiting.ME: _("Waits for you"),
        Waiting.OTHERS: _("Waits for others"),
        Waiting.NOBODY: _("Finished, or in use"),
    }
    return tuple(
        RequestGroup(waiting.value, headings[waiting], tuple(_row(request) for request in requests))
        for waiting, requests in found.items()
        if requests
    )


def _row(request: AuthorisationRequest) -> RequestRow:
    state = RequestState(request.state)
    # A draft is gone on with; all else is looked at first.
    page = "portal-request-review" if state is RequestState.DRAFT else "portal-request"
    return RequestRow(
        address=reverse(page, args=[request.code]),
        title=request.said.parties.title or _("Request without a title"),
        code=request.code,
        kind=words.sentence(str(RequestKind(request.kind).label)),
        state=Badge(str(state.label), TONES.get(state, "calm")),
        since=words.day(words.local_day(request.state_since)),
    )
