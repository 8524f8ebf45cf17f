"""The authorisations that name the own organisation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_POST, require_safe

from compliance.access.roles import Capability
from compliance.console.desks.authorisation_use import draft_from_use, show_use
from compliance.console.desks.authorisations import show_authorisation, show_authorisations
from compliance.console.screen import screen
from compliance.portal.own import PORTAL, own_code

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_OWN_EXCHANGES)
def authorisations(request: HttpRequest) -> HttpResponse:
    """List the own authorisations."""
    return show_authorisations(request, door=PORTAL, party=own_code(request))


@require_safe
@screen(Capability.SEE_OWN_EXCHANGES)
def authorisation(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Show one version that names the own organisation."""
    return show_authorisation(request, code=code, number=number, door=PORTAL, party=own_code(request))


@require_safe
@screen(Capability.SEE_OWN_EXCHANGES, Capability.SEE_OWN_STATISTICS)
def use(request: HttpRequest, code: str) -> HttpResponse:
    """Show what an authorisation allows beside what the own organisation did under it."""
    return show_use(request, code=code, door=PORTAL, party=own_code(request))


@require_POST
@screen(Capability.SEE_OWN_EXCHANGES, Capability.SEE_OWN_STATISTICS, Capability.MAKE_REQUESTS)
def draft_amendment(request: HttpRequest, code: str) -> HttpResponse:
    """Draft an amendment of an authorisation that names the own organisation alone."""
    return draft_from_use(request, code=code, door=PORTAL, party=own_code(request))
