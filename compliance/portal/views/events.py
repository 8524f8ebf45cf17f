"""Planned events of the own organisation: announce what its traffic will look like, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_http_methods, require_POST

from compliance.access.roles import Capability
from compliance.console.desks.events import settle_event, show_events
from compliance.console.screen import screen
from compliance.portal.own import PORTAL

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.ANNOUNCE_EVENTS)
def events(request: HttpRequest) -> HttpResponse:
    """Show the own events; announce one."""
    return show_events(request, door=PORTAL)


@require_POST
@screen(Capability.ANNOUNCE_EVENTS)
def act(request: HttpRequest, uid: UUID, slug: str) -> HttpResponse:
    """Cancel an own event."""
    return settle_event(request, uid, slug, door=PORTAL)
