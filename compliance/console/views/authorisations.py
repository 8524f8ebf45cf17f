"""Authorisations and their versions, to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.desks.authorisations import show_authorisation, show_authorisations
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
