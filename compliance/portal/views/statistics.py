"""The own organisation's figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.desks.statistics import export_statistics, show_statistics
from compliance.console.screen import screen
from compliance.portal.own import PORTAL, own_code

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_OWN_STATISTICS)
def statistics(request: HttpRequest) -> HttpResponse:
    """Show the own column."""
    return show_statistics(request, door=PORTAL, scope=own_code(request))


@require_safe
@screen(Capability.SEE_OWN_STATISTICS)
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand the own column out as a file."""
    return export_statistics(request, kind=kind, scope=own_code(request))
