"""The first page: what needs attention, by role."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from compliance.access.roles import Role
from compliance.console.page import page
from compliance.console.presenters.proof_standing import PresentedStanding, present_standing
from compliance.console.presenters.start import present_auditor, present_nobody, present_officer, present_operator
from compliance.console.reader import reader_of
from compliance.console.screen import Open, screen
from compliance.ledger.logs import LogNumber
from compliance.reporting.ledger_proof.standing import ledger_standing

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse


@require_safe
@screen(Open.TO_SIGNED_IN)
def start(request: HttpRequest) -> HttpResponse:
    """Show the start page of the reader's role."""
    account = reader_of(request)
    match account.role:
        case Role.OFFICER:
            return page(request, "pages/start-officer.html", start=present_officer(account), ledger=_ledger())
        case Role.AUDITOR:
            return page(request, "pages/start-auditor.html", start=present_auditor(), ledger=_ledger())
        case Role.OPERATOR:
            return page(request, "pages/start-operator.html", start=present_operator(), ledger=_ledger())
        case Role.PARTNER_REQUESTER | Role.PARTNER_DPO:
            return redirect("portal-start")
        case _:
            return page(request, "pages/start-nobody.html", start=present_nobody())


def _ledger() -> PresentedStanding:
    return present_standing(ledger_standing(log=LogNumber.EXCHANGES))
