"""Planned events: what is announced, by the keeper and by partners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods, require_POST

from compliance.access.roles import Capability
from compliance.console.desks.events import settle_event, show_events
from compliance.console.door import CONSOLE
from compliance.console.screen import screen

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_CASES)
def events(request: HttpRequest) -> HttpResponse:
    """Show all events; announce one."""
    return show_events(request, door=CONSOLE)


@require_POST
@screen(Capability.SEE_CASES, Capability.KEEP_DETECTORS)
def act(request: HttpRequest, uid: UUID, slug: str) -> HttpResponse:
    """Accept, refuse or cancel an event."""
    return settle_event(request, uid, slug, door=CONSOLE)
