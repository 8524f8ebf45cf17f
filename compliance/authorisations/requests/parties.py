"""What a person is to a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.vocabulary import Party
from compliance.kernel.errors import NotFoundError

if TYPE_CHECKING:
    from compliance.access.models import Account

_OWN = {Capability.MAKE_REQUESTS: Party.REQUESTER, Capability.ADVISE_FOR_PARTNER: Party.PARTNER_DPO}
_KEEPER = {Capability.DECIDE_REQUESTS: Party.OFFICER, Capability.KEEP_CONNECTIONS: Party.OPERATOR}


def parties_of(account: Account, request: AuthorisationRequest) -> frozenset[Party]:
    """Return what this person is to this request; nothing for a stranger."""
    parties = {party for capability, party in _KEEPER.items() if account.may(capability)}
    if account.organisation_id == request.organisation_id:
        parties |= {party for capability, party in _OWN.items() if account.may(capability)}
    return frozenset(parties)


def request_for(account: Account, code: str) -> AuthorisationRequest:
    """Return a request that this person may see. Raises :class:`NotFoundError`, also for another partner's."""
    requests = AuthorisationRequest.objects.visible_to(account).select_related(
        "organisation", "authorisation", "granted", "made_by"
    )
    found: AuthorisationRequest | None = requests.filter(code=code).first()
    if found is None:
        raise NotFoundError
    return found
