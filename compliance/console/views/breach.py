"""The data breach of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods, require_safe

from compliance.access.roles import Capability
from compliance.console.desks.breach import act_on_breach, give_pdf, list_persons, show_breach
from compliance.console.door import CONSOLE
from compliance.console.screen import screen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_CASES)
def breach(request: HttpRequest, code: str) -> HttpResponse:
    """Show the clock and the notification."""
    return show_breach(request, code=code, door=CONSOLE)


@require_safe
@screen(Capability.SEE_CASES)
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Give the last version of the notification as a document."""
    return give_pdf(request, code=code)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_CASES, Capability.DECIDE_CASES)
def act(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Keep a version of the notification, or stop the clock."""
    return act_on_breach(request, code=code, slug=slug, door=CONSOLE)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_CASES, Capability.DECIDE_CASES, Capability.REVEAL_IDENTITIES)
def persons(request: HttpRequest, code: str) -> HttpResponse:
    """List whom to inform."""
    return list_persons(request, code=code, door=CONSOLE)
