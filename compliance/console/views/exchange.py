"""One exchange, and whom it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from compliance.access.roles import Capability
from compliance.console.desks.exchange import show_exchange, show_identity
from compliance.console.door import CONSOLE
from compliance.console.screen import screen
from compliance.exchanges.models import Exchange

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_ALL_EXCHANGES)
def exchange(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    """Tell one exchange."""
    return show_exchange(request, exchange_id=exchange_id, visible=Exchange.objects.all(), door=CONSOLE)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_ALL_EXCHANGES, Capability.REVEAL_IDENTITIES)
def identity(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    """Reveal whom it is about; who comes back to this address later starts again at the exchange."""
    if request.method != "POST":
        return redirect(CONSOLE.address("exchange", exchange_id))
    return show_identity(request, exchange_id=exchange_id, visible=Exchange.objects.all(), door=CONSOLE)
