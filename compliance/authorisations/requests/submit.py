"""Submit a request: from now on others look at it, and it stays as it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.requests.check_accession import check_accession
from compliance.authorisations.requests.check_content import check_content
from compliance.authorisations.requests.move import locked, move, require
from compliance.authorisations.requests.standing_advice import state_by_advice
from compliance.authorisations.requests.vocabulary import RequestAct
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest


@transaction.atomic
def submit(*, request: AuthorisationRequest, account: Account, remark: str = "") -> AuthorisationRequest:
    """Submit it for the first time, or again after questions. One transaction.

    Advice that was given before stands as long as nothing material was changed since.
    Raises :class:`IncompleteRequestError` with all that lacks,
    or that goes beyond the general authorisation that is joined.
    """
    request = locked(request)
    require(request, act=RequestAct.SUBMIT, account=account)
    at = now()
    check_content(request.said, at=at)
    check_accession(request, at=at)
    to = state_by_advice(request)
    move(request, act=RequestAct.SUBMIT, to=to, actor=account.actor, at=at, remark=remark)
    return request
