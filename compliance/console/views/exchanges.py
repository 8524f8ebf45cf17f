"""The list of exchanges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.desks.exchanges import show_exchanges
from compliance.console.door import CONSOLE
from compliance.console.screen import screen
from compliance.exchanges.models import Exchange

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_ALL_EXCHANGES)
def exchanges(request: HttpRequest) -> HttpResponse:
    """Show all exchanges, narrowed by the address."""
    return show_exchanges(request, visible=Exchange.objects.all(), door=CONSOLE)
