"""Authorisations and their versions, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_POST, require_safe

from compliance.access.roles import Capability
from compliance.console.desks.authorisation_use import draft_from_use, show_use
from compliance.console.desks.authorisations import show_authorisation, show_authorisations
from compliance.console.desks.protocols import show_policy
from compliance.console.door import CONSOLE
from compliance.console.screen import screen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_REGISTER)
def authorisations(request: HttpRequest) -> HttpResponse:
    """List all authorisations."""
    return show_authorisations(request, door=CONSOLE)


@require_safe
@screen(Capability.SEE_REGISTER)
def authorisation(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one version."""
    return show_authorisation(request, code=code, number=number, door=CONSOLE)


@require_safe
@screen(Capability.SEE_REGISTER, Capability.SEE_ALL_STATISTICS)
def use(request: HttpRequest, code: str) -> HttpResponse:
    """Show what an authorisation allows beside what was done under it."""
    return show_use(request, code=code, door=CONSOLE)


@require_POST
@screen(Capability.SEE_REGISTER, Capability.SEE_ALL_STATISTICS, Capability.DECIDE_REQUESTS)
def draft_amendment(request: HttpRequest, code: str) -> HttpResponse:
    """Draft an amendment, for the partner to complete."""
    return draft_from_use(request, code=code, door=CONSOLE)


@require_safe
@screen(Capability.SEE_REGISTER)
def policy(_request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Hand out the policy of one version, for programs."""
    return show_policy(code=code, number=number)
