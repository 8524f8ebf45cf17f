"""See that the suspension of what was granted has been lifted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.requests.go_live import CLOCK
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.move import locked, move
from compliance.authorisations.requests.vocabulary import RequestAct, RequestState
from compliance.authorisations.suspensions import suspensions

if TYPE_CHECKING:
    from datetime import datetime


def resume_lifted(*, at: datetime) -> list[AuthorisationRequest]:
    """Let every suspended request go on of which the suspension has ended by now. One transaction each.

    A suspension can be lifted in the register, or from a later day on. Safe to repeat.
    """
    suspended = AuthorisationRequest.objects.filter(state=RequestState.SUSPENDED, granted__isnull=False)
    stretches = suspensions()
    lifted = [
        one
        for one in suspended
        if all(end is not None and end <= at for _start, end in stretches.get(one.granted_id or 0, ()))
    ]
    return [_resume(request, at) for request in lifted]


@transaction.atomic
def _resume(request: AuthorisationRequest, at: datetime) -> AuthorisationRequest:
    request = locked(request)
    if request.state == RequestState.SUSPENDED:
        move(request, act=RequestAct.RESUME, to=RequestState.IN_PRODUCTION, actor=CLOCK, at=at)
    return request
