"""Nobody decides what they asked or advised, and nobody signs twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authorisations.requests.standing_advice import standing_advice
from compliance.authorisations.requests.vocabulary import Adviser, RequestAct
from compliance.kernel.errors import ForbiddenError

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest


class FourEyesError(ForbiddenError):
    """Somebody else has to do this."""

    problem_type = "four-eyes"
    title = "Somebody else has to do this: you had a part in what is decided."


def may_decide(request: AuthorisationRequest, account: Account) -> bool:
    """Tell whether this person had no part in the request: neither asked, nor submitted, nor advised. Two queries."""
    advice = standing_advice(request)
    advised = {one.by for adviser, one in advice.items() if adviser in {Adviser.PROVIDER_DPO, Adviser.RECIPIENT_DPO}}
    asked = request.requestevents.filter(act__in=(RequestAct.DRAFT, RequestAct.SUBMIT)).values_list("by", flat=True)
    return account.username not in {*advised, *asked, request.made_by.username}
