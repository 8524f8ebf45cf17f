"""The own organisation's exchanges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from compliance.access.roles import Capability
from compliance.console.desks.exchange import show_exchange, show_identity
from compliance.console.desks.exchanges import show_exchanges
from compliance.console.screen import screen
from compliance.portal.own import PORTAL, own_code, own_exchanges

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_OWN_EXCHANGES)
def exchanges(request: HttpRequest) -> HttpResponse:
    """Show the own exchanges, narrowed by the address."""
    return show_exchanges(request, visible=own_exchanges(request), door=PORTAL, locked_to=own_code(request))


@require_safe
@screen(Capability.SEE_OWN_EXCHANGES)
def exchange(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    """Tell one of the own exchanges."""
    return show_exchange(request, exchange_id=exchange_id, visible=own_exchanges(request), door=PORTAL)


@require_http_methods(["GET", "HEAD", "POST"])
@screen(Capability.SEE_OWN_EXCHANGES, Capability.REVEAL_IDENTITIES)
def identity(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    """Reveal whom one of the own exchanges is about."""
    if request.method != "POST":
        return redirect(PORTAL.address("exchange", exchange_id))
    return show_identity(request, exchange_id=exchange_id, visible=own_exchanges(request), door=PORTAL)
