"""How the own organisation stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.desks.partner import send_calendar, show_partner
from compliance.console.screen import screen
from compliance.portal.own import PORTAL, own_code

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

_NEEDED = (Capability.SEE_OWN_EXCHANGES, Capability.SEE_OWN_STATISTICS, Capability.SEE_OWN_REQUESTS)


@require_safe
@screen(*_NEEDED)
def standing(request: HttpRequest) -> HttpResponse:
    """Show what waits, what ends and what was covered."""
    return show_partner(request, code=own_code(request), door=PORTAL, locked=True)


@require_safe
@screen(*_NEEDED)
def calendar(request: HttpRequest) -> HttpResponse:
    """Hand out what ends as a calendar."""
    return send_calendar(request, code=own_code(request))
