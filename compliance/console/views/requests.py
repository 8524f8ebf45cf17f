"""Requests for authorisations: the queue, one request, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.access.roles import Capability
from compliance.console.desks.request import show_request
from compliance.console.desks.request_act import act_on_request, write_about_request
from compliance.console.desks.requests import show_requests
from compliance.console.door import CONSOLE
from compliance.console.screen import screen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_ALL_REQUESTS)
def requests(request: HttpRequest) -> HttpResponse:
    """List the requests."""
    return show_requests(request, door=CONSOLE)


@require_safe
@screen(Capability.SEE_ALL_REQUESTS)
def one(request: HttpRequest, code: str) -> HttpResponse:
    """Show one request."""
    return show_request(request, code=code, door=CONSOLE)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_ALL_REQUESTS)
def act(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Act on a request; the verb decides who may."""
    return act_on_request(request, code=code, slug=slug, door=CONSOLE)


@require_POST
@screen(Capability.SEE_ALL_REQUESTS)
def message(request: HttpRequest, code: str) -> HttpResponse:
    """Write about a request."""
    return write_about_request(request, code=code, door=CONSOLE)
