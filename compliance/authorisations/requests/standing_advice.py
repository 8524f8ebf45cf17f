"""Which advice stands: the newest of each adviser about what the request says now. A material change leaves none."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authorisations.requests.content import material_digest
from compliance.authorisations.requests.states import waiting_state
from compliance.authorisations.requests.vocabulary import Adviser

if TYPE_CHECKING:
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestAdvice
    from compliance.authorisations.requests.vocabulary import RequestState

OFFICERS = frozenset({Adviser.RECIPIENT_DPO, Adviser.PROVIDER_DPO})


def standing_advice(request: AuthorisationRequest) -> dict[Adviser, RequestAdvice]:
    """Return the newest advice of each adviser on the present text. One query."""
    material = material_digest(request.said)
    found = request.requestadvices.filter(text__material=material).order_by("id")
    return {Adviser(advice.adviser): advice for advice in found}


def state_by_advice(request: AuthorisationRequest) -> RequestState:
    """Return where the request stands by the advice that it has. One query."""
    advice = standing_advice(request)
    awaited = bool(request.external) and Adviser(request.external) not in advice
    return waiting_state(advised=len(OFFICERS & advice.keys()), external_awaited=awaited)
