"""How the gate is entered: a plain view of Django's, because REST framework's own work takes longer than the answer."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from django.http import HttpResponse
from rest_framework.exceptions import AuthenticationFailed, MethodNotAllowed, NotAuthenticated

from compliance.access.acts_for import organisations_of
from compliance.access.scopes import Scope
from compliance.api.access.tell import language_of
from compliance.api.authentication import admitted, challenge, require_granted
from compliance.api.problems import problem_handler
from compliance.authorisations.snapshot import current_snapshot
from compliance.kernel.clock import BRUSSELS, microseconds, now
from compliance.kernel.errors import MalformedInputError, TooLargeError

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.http import HttpRequest

    from compliance.access.admission import Admission
    from compliance.access.models import MachineClient
    from compliance.authorisations.snapshot import Snapshot

JSON = "application/json"
MOST_BYTES = 256 * 1024
_REQUEST_ID = "X-Request-ID"
_REMEMBERED = 256


class Visit(NamedTuple):
    """Who asks: for whom it acts, the register as it stands, the moment, and the language of the answer."""

    octets: bytes
    acts_for: frozenset[str]
    snapshot: Snapshot
    now: int
    language: str


def answer(request: HttpRequest, respond: Callable[[Visit], bytes]) -> HttpResponse:
    """Let a client in, and answer it or say as a problem why not; the caller's request identifier comes back."""
    try:
        response = HttpResponse(respond(_visit(request)), content_type=JSON)
    except Exception as error:
        problem = problem_handler(error, {})
        if problem is None:
            raise
        response = problem
    identifier = request.META.get("HTTP_X_REQUEST_ID")
    if identifier:
        response[_REQUEST_ID] = identifier
    return response


def _visit(request: HttpRequest) -> Visit:
    if request.method != "POST":
        raise MethodNotAllowed(str(request.method))
    client, admission = _admitted(request)
    moment = now()
    return Visit(
        octets=_body(request),
        acts_for=_acts_for(client, admission.revision, moment.astimezone(BRUSSELS).date()),
        snapshot=current_snapshot(revision=admission.revision),
        now=microseconds(moment),
        language=language_of(request.META.get("HTTP_ACCEPT_LANGUAGE", "")),
    )


@lru_cache(maxsize=_REMEMBERED)
def _acts_for(client: MachineClient, _revision: int, day: date) -> frozenset[str]:
    """Return for whom a client acts, remembered for a day (mandates begin and end with days) and a revision."""
    return organisations_of(client, at=datetime.combine(day, time(12), BRUSSELS))


def _admitted(request: HttpRequest) -> tuple[MachineClient, Admission]:
    """Return the client that holds the token. Raises as REST framework's views do, with what a 401 must say."""
    try:
        found = admitted(request)
        if found is None:
            raise NotAuthenticated
    except (AuthenticationFailed, NotAuthenticated) as error:
        error.auth_header = challenge(request)  # type: ignore[union-attr]  # as their views set it
        raise
    client, admission = found
    return client, require_granted(admission, Scope.ACCESS_EVALUATE)


def _body(request: HttpRequest) -> bytes:
    media = (request.content_type or "").partition(";")[0].strip().lower()
    if media != JSON:
        raise MalformedInputError(detail=f"Content-Type: use {JSON}.")
    if request.META.get("HTTP_CONTENT_ENCODING", "identity") != "identity":
        raise MalformedInputError(detail="Content-Encoding: a question is sent as it is, without one.")
    sent = request.META.get("CONTENT_LENGTH") or "0"
    if not sent.isdigit() or int(sent) > MOST_BYTES:
        raise TooLargeError(detail=f"The body is larger than {MOST_BYTES} bytes. Ask less at a time.")
    return request.body
