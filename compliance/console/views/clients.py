"""The systems of all organisations, for who runs the service."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.models import MachineClient
from compliance.access.roles import Capability
from compliance.console.page import page
from compliance.console.presenters.clients import present_clients
from compliance.console.screen import screen
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_OPERATIONS)
def clients(request: HttpRequest) -> HttpResponse:
    """List them, with their keys and when these were last used."""
    found = MachineClient.objects.select_related("organisation").prefetch_related("credentials__use")
    rows = present_clients(found.order_by("organisation__position", "name"), at=now())
    return page(request, "pages/all-clients.html", clients=rows)
