"""Suspend what was granted, and let it go on: the verdict knows it from the next exchange."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.requests.move import NotNowError, locked, move, require
from compliance.authorisations.requests.said import stated
from compliance.authorisations.requests.vocabulary import RequestAct, RequestState
from compliance.authorisations.suspend import lift_suspension, suspend
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestEvent


@transaction.atomic
def suspend_request(*, request: AuthorisationRequest, account: Account, why: str) -> RequestEvent:
    """Stop every exchange under it for the time being. One transaction."""
    request = locked(request)
    require(request, act=RequestAct.SUSPEND, account=account)
    if request.granted is None:
        raise NotNowError
    at, remark = now(), stated(why, field="why")
    suspend(authorisation=request.granted, suspended_from=at, actor=account.actor, reason=request.code)
    return move(request, act=RequestAct.SUSPEND, to=RequestState.SUSPENDED, actor=account.actor, at=at, remark=remark)


@transaction.atomic
def resume_request(*, request: AuthorisationRequest, account: Account, why: str) -> RequestEvent:
    """Let exchanges under it go on. One transaction."""
    request = locked(request)
    require(request, act=RequestAct.RESUME, account=account)
    if request.granted is None:
        raise NotNowError
    at, remark = now(), stated(why, field="why")
    lift_suspension(authorisation=request.granted, lifted_from=at, actor=account.actor, reason=request.code)
    return move(
        request, act=RequestAct.RESUME, to=RequestState.IN_PRODUCTION, actor=account.actor, at=at, remark=remark
    )
