"""One request of the own organisation, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.access.roles import Capability
from compliance.authorisations.requests.parties import request_for
from compliance.authorisations.requests.vocabulary import RequestState
from compliance.console.desks.request import show_request
from compliance.console.desks.request_act import act_on_request, succeed_request, write_about_request
from compliance.console.reader import reader_of
from compliance.console.screen import screen
from compliance.portal.own import PORTAL

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_OWN_REQUESTS)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show one request; a draft is read where it is written."""
    if request_for(reader_of(request), code).state == RequestState.DRAFT:
        return redirect("portal-request-review", code)
    return show_request(request, code=code, door=PORTAL)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_OWN_REQUESTS)
def act(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Act on a request; the verb decides who may."""
    return act_on_request(request, code=code, slug=slug, door=PORTAL)


@require_POST
@screen(Capability.SEE_OWN_REQUESTS)
def message(request: HttpRequest, code: str) -> HttpResponse:
    """Write about a request."""
    return write_about_request(request, code=code, door=PORTAL)


@require_POST
@screen(Capability.SEE_OWN_REQUESTS, Capability.MAKE_REQUESTS)
def successor(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Begin a renewal or an amendment of what it granted."""
    return succeed_request(request, code=code, slug=slug, door=PORTAL)
