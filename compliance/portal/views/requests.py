"""The own requests, and the first question of a new one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from compliance.access.roles import Capability
from compliance.authorisations.requests.draft_request import draft_request
from compliance.authorisations.requests.generals import standing_generals
from compliance.authorisations.requests.propose import own_versions
from compliance.authorisations.requests.vocabulary import RequestKind, Section
from compliance.console.page import page
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError
from compliance.portal.own import own_code
from compliance.portal.own_requests import own_requests
from compliance.portal.presenters.request_edit_new import present_new
from compliance.portal.presenters.request_list import present_requests

if TYPE_CHECKING:
    from datetime import datetime

    from django.http import HttpRequest, HttpResponse

    from compliance.authorisations.models import Authorisation


@require_safe
@screen(Capability.SEE_OWN_REQUESTS)
def requests(request: HttpRequest) -> HttpResponse:
    """List the own requests."""
    account = reader_of(request)
    may_ask = account.may(Capability.MAKE_REQUESTS)
    return page(request, "pages/requests.html", groups=present_requests(own_requests(account)), may_ask=may_ask)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_OWN_REQUESTS, Capability.MAKE_REQUESTS)
def new(request: HttpRequest) -> HttpResponse:
    """Ask what is wanted; then make the draft, and go to its first step."""
    at, organisation = now(), own_code(request)
    if request.method != "POST":
        return page(request, "pages/request-edit-new.html", new=present_new(organisation, at=at))
    wanted = request.POST.get("kind", "")
    if wanted not in RequestKind.values:
        raise NotFoundError
    kind = RequestKind(wanted)
    authorisation = _about(kind, request.POST.get("authorisation", ""), organisation, at)
    made = draft_request(account=reader_of(request), kind=kind, authorisation=authorisation)
    return redirect("portal-request-section", made.code, Section.PARTIES.value)


def _about(kind: RequestKind, code: str, organisation: str, at: datetime) -> Authorisation | None:
    """Return the authorisation that is joined or changed. Raises :class:`NotFoundError` for any other than offered."""
    if kind is RequestKind.NEW:
        return None
    offered = standing_generals(at=at) if kind is RequestKind.ACCESSION else own_versions(organisation, at=at)
    found = next((version.authorisation for version in offered if version.authorisation.code == code), None)
    if found is None:
        raise NotFoundError
    return found
