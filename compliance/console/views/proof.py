"""How far the ledger is proven, and the proof of one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.views.decorators.http import require_safe

from compliance.access.roles import Capability
from compliance.console.desks.proof import send_record_proof, show_proof, show_record_proof
from compliance.console.door import CONSOLE
from compliance.console.screen import screen
from compliance.exchanges.models import Exchange
from compliance.ledger.logs import LogNumber
from compliance.reporting.evidence.request import AUDITOR
from compliance.reporting.ledger_proof.open_cases import open_cases

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Capability.SEE_LEDGER)
def proof(request: HttpRequest) -> HttpResponse:
    """Show how far each log is proven."""
    return show_proof(request, logs=LogNumber, cases=open_cases())


@require_safe
@screen(Capability.SEE_ALL_EXCHANGES)
def record(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    """Prove one exchange."""
    return show_record_proof(request, exchange_id=exchange_id, visible=Exchange.objects.all(), door=CONSOLE)


@require_safe
@screen(Capability.SEE_ALL_EXCHANGES)
def file(request: HttpRequest, exchange_id: UUID) -> HttpResponse:
    """Hand the proof of one exchange out as a file."""
    everything = Exchange.objects.all()
    return send_record_proof(request, exchange_id=exchange_id, visible=everything, recipient=AUDITOR)
