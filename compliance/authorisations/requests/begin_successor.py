"""Begin an amendment or a renewal of what a request granted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.access.roles import Capability
from compliance.authorisations.requests.draft_request import draft_request
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.move import NotNowError, locked
from compliance.authorisations.requests.parties import request_for
from compliance.authorisations.requests.vocabulary import RequestKind, RequestState
from compliance.kernel.errors import ForbiddenError

if TYPE_CHECKING:
    from compliance.access.models import Account

SUCCEEDED_FROM = frozenset({RequestState.IN_PRODUCTION, RequestState.SUSPENDED, RequestState.EXPIRED})


def may_succeed(request: AuthorisationRequest, account: Account) -> bool:
    """Tell whether this person may ask for more, less or longer than what stands."""
    return (
        request.state in SUCCEEDED_FROM
        and request.granted_id is not None
        and account.organisation_id == request.organisation_id
        and account.may(Capability.MAKE_REQUESTS)
    )


@transaction.atomic
def begin_successor(*, request: AuthorisationRequest, account: Account, kind: RequestKind) -> AuthorisationRequest:
    """Return a draft that amends or renews; the one that was begun before, where there is one. One transaction."""
    request = locked(request_for(account, request.code))
    if not account.may(Capability.MAKE_REQUESTS):
        raise ForbiddenError
    if not may_succeed(request, account):
        raise NotNowError
    drafts = AuthorisationRequest.objects.filter(organisation=request.organisation, state=RequestState.DRAFT)
    begun = drafts.filter(kind=kind, authorisation=request.granted).first()
    return begun or draft_request(account=account, kind=kind, authorisation=request.granted)
