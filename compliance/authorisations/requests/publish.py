"""Publish a signed protocol: from now on it stands in the public register."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.requests.move import locked, move, require
from compliance.authorisations.requests.sign import text_to_sign
from compliance.authorisations.requests.vocabulary import RequestAct, RequestState
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestEvent


@transaction.atomic
def publish(*, request: AuthorisationRequest, account: Account) -> RequestEvent:
    """Publish the text that was signed (e-government decree art. 8, § 1). One transaction."""
    request = locked(request)
    require(request, act=RequestAct.PUBLISH, account=account)
    text = text_to_sign(request)
    return move(request, act=RequestAct.PUBLISH, to=RequestState.PUBLISHED, actor=account.actor, at=now(), text=text)
