"""The queue of cases, one case, and what is done about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance.access.roles import Capability
from compliance.console.desks.case import show_case
from compliance.console.desks.case_act import act_on_case, unmask
from compliance.console.desks.cases import decide_ticked, show_news, show_queue
from compliance.console.door import CONSOLE
from compliance.console.screen import screen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_CASES)
def cases(request: HttpRequest) -> HttpResponse:
    """Show the queue."""
    return show_queue(request, door=CONSOLE)


@require_safe
@screen(Capability.SEE_CASES)
def news(request: HttpRequest) -> HttpResponse:
    """Tell what came since."""
    return show_news(request, door=CONSOLE)


@require_POST
@screen(Capability.SEE_CASES, Capability.DECIDE_CASES)
def decide(request: HttpRequest) -> HttpResponse:
    """Decide several cases with one reason."""
    return decide_ticked(request, door=CONSOLE)


@require_safe
@screen(Capability.SEE_CASES)
def case(request: HttpRequest, code: str) -> HttpResponse:
    """Show one case."""
    return show_case(request, code=code, door=CONSOLE)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_CASES)
def act(request: HttpRequest, code: str, slug: str) -> HttpResponse:
    """Act on a case; the verb decides who may."""
    return act_on_case(request, code=code, slug=slug, door=CONSOLE)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_CASES, Capability.REVEAL_IDENTITIES)
def identity(request: HttpRequest, code: str) -> HttpResponse:
    """Reveal whom chosen exchanges are about, and who asked."""
    return unmask(request, code=code, door=CONSOLE)
