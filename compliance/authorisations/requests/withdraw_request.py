"""Withdraw a request: a partner that needs it no more, or an officer who ends what was granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.models import AuthorisationWithdrawal
from compliance.authorisations.requests.move import locked, move, require
from compliance.authorisations.requests.said import stated
from compliance.authorisations.requests.vocabulary import RequestAct, RequestState
from compliance.authorisations.withdraw import withdraw
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestEvent


@transaction.atomic
def withdraw_request(*, request: AuthorisationRequest, account: Account, why: str) -> RequestEvent:
    """End it for good; what was granted by it allows nothing from now on. One transaction."""
    request = locked(request)
    require(request, act=RequestAct.WITHDRAW, account=account)
    at, remark = now(), stated(why, field="why")
    granted = request.granted
    if granted is not None and not AuthorisationWithdrawal.objects.filter(authorisation=granted).exists():
        withdraw(authorisation=granted, withdrawn_from=at, actor=account.actor, reason=request.code)
    return move(request, act=RequestAct.WITHDRAW, to=RequestState.WITHDRAWN, actor=account.actor, at=at, remark=remark)
