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


def advice_on_text(request: AuthorisationRequest) -> list[RequestAdvice]:
    """Return all advice on what the request says now, the oldest first. One query, none after `with_steps`."""
    material = material_digest(request.said)
    given = request.requestadvices.all()
    if "requestadvices" not in getattr(request, "_prefetched_objects_cache", {}):
        given = given.select_related("text").defer("text__content", "text__protocol")
    return sorted((one for one in given if one.text.material == material), key=lambda one: one.pk)


def standing_advice(request: AuthorisationRequest) -> dict[Adviser, RequestAdvice]:
    """Return the newest advice of each adviser on the present text. One query at most."""
    return {Adviser(advice.adviser): advice for advice in advice_on_text(request)}


def awaits_committee(request: AuthorisationRequest) -> bool:
    """Tell whether a committee was asked, and did not advise on the present text yet."""
    return bool(request.external) and Adviser(request.external) not in standing_advice(request)


def state_by_advice(request: AuthorisationRequest) -> RequestState:
    """Return where the request stands by the advice that it has. One query."""
    advice = standing_advice(request)
    awaited = bool(request.external) and Adviser(request.external) not in advice
    return waiting_state(advised=len(OFFICERS & advice.keys()), external_awaited=awaited)
