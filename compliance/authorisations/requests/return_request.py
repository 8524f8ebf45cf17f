"""Return a request with questions: its makers can change it, and submit it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.requests.move import locked, move, require
from compliance.authorisations.requests.said import stated
from compliance.authorisations.requests.vocabulary import RequestAct, RequestState
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestEvent


@transaction.atomic
def return_request(*, request: AuthorisationRequest, account: Account, questions: str) -> RequestEvent:
    """Give it back with what has to be answered or changed. One transaction."""
    request = locked(request)
    require(request, act=RequestAct.RETURN, account=account)
    remark = stated(questions, field="questions")
    return move(request, act=RequestAct.RETURN, to=RequestState.RETURNED, actor=account.actor, at=now(), remark=remark)
