"""How far the ledger of exchanges is proven, and the proof of one of the own exchanges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.desks.proof import send_record_proof, show_proof, show_record_proof
from compliance.console.screen import screen
from compliance.ledger.logs import LogNumber
from compliance.portal.own import PORTAL, own_code, own_exchanges

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_OWN_EXCHANGES)
def proof(request: HttpRequest) -> HttpResponse:
    """Show how far the log of exchanges is proven; cases are the bank's own business."""
    return show_proof(request, logs=[LogNumber.EXCHANGES])


@require_safe
@screen(Capability.SEE_OWN_EXCHANGES)
def record(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    """Prove one of the own exchanges."""
    return show_record_proof(request, exchange_id=exchange_id, visible=own_exchanges(request), door=PORTAL)


@require_safe
@screen(Capability.SEE_OWN_EXCHANGES)
def file(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    """Hand the proof of one of the own exchanges out as a file."""
    visible, recipient = own_exchanges(request), own_code(request)
    return send_record_proof(request, exchange_id=exchange_id, visible=visible, recipient=recipient)
