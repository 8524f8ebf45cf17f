"""The proof of the ledger and of one record, as both doors show it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import HttpResponse

from compliance.console.page import page
from compliance.console.presenters.names import Names
from compliance.console.presenters.proof import present_proof
from compliance.console.presenters.proof_checks import present_own_checks
from compliance.console.presenters.proof_record import present_record_proof
from compliance.console.reader import reader_of
from compliance.kernel.errors import NotFoundError
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from compliance.reporting.evidence.export_one import export_proof
from compliance.reporting.ledger_proof.record_proof import record_proof
from compliance.reporting.ledger_proof.status import ledger_status

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from django.http import HttpRequest

    from compliance.cases.models import Case
    from compliance.console.door import Door
    from compliance.exchanges.models import Exchange
    from compliance.exchanges.queries import ExchangeQuerySet


def show_proof(request: HttpRequest, *, logs: Iterable[int], cases: Iterable[Case] = ()) -> HttpResponse:
    """Show how far these logs are proven. Nothing in it is about anybody, so no look is recorded."""
    statuses = [ledger_status(log=log) for log in logs]
    checks = present_own_checks(statuses=statuses, address_of=request.build_absolute_uri)
    return page(request, "pages/proof.html", proof=present_proof(statuses=statuses, cases=cases), checks=checks)


def show_record_proof(
    request: HttpRequest, *, exchange_id: UUID, visible: ExchangeQuerySet, door: Door
) -> HttpResponse:
    """Record the look, and prove the record. Raises :class:`NotFoundError` when it is not visible."""
    exchange = _find(visible, exchange_id)
    record_act(actor=reader_of(request).actor, kind=ActKind.EXCHANGE_READ, object_id=exchange_id)
    proof = record_proof(exchange_id=exchange_id)
    shown = present_record_proof(exchange=exchange, proof=proof, names=Names(), door=door)
    return page(request, "pages/proof-record.html", proof=shown)


def send_record_proof(
    request: HttpRequest, *, exchange_id: UUID, visible: ExchangeQuerySet, recipient: str
) -> HttpResponse:
    """Hand the proof out as a C2SP tlog-proof, which discloses nobody. Raises :class:`NotFoundError`, as above."""
    _find(visible, exchange_id)
    proof = export_proof(
        exchange_id=exchange_id, actor=reader_of(request).actor, recipient=recipient, disclose_to_them=False
    )
    response = HttpResponse(proof, content_type="text/plain; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{exchange_id}.tlog-proof"'
    return response


def _find(visible: ExchangeQuerySet, exchange_id: UUID) -> Exchange:
    exchange = visible.filter(id=exchange_id).first()
    if exchange is None:
        raise NotFoundError
    return exchange
