"""The figures, and taking them along."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.desks.statistics import export_statistics, show_statistics
from compliance.console.door import CONSOLE
from compliance.console.screen import screen

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_ALL_STATISTICS)
def statistics(request: HttpRequest) -> HttpResponse:
    """Show exchanges per partner and month."""
    return show_statistics(request, door=CONSOLE, scope=None)


@require_safe
@screen(Capability.SEE_ALL_STATISTICS)
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand the figures out as a file."""
    return export_statistics(request, kind=kind, scope=None)
