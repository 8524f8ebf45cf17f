"""Nobody decides what they asked or advised, and nobody signs twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authorisations.requests.standing_advice import OFFICERS, advice_on_text
from compliance.authorisations.requests.vocabulary import RequestAct
from compliance.kernel.errors import ForbiddenError

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest


class FourEyesError(ForbiddenError):
    """Somebody else has to do this."""

    problem_type = "four-eyes"
    title = "Somebody else has to do this: you had a part in what is decided."


def who_asked(request: AuthorisationRequest) -> frozenset[str]:
    """Return who made or submitted the request."""
    acts = {RequestAct.DRAFT, RequestAct.SUBMIT}
    return frozenset({request.made_by.username, *(one.by for one in request.requestevents.all() if one.act in acts)})


def who_advised(request: AuthorisationRequest) -> frozenset[str]:
    """Return which data protection officers advised on the present text, also when a colleague did so again after."""
    return frozenset(one.by for one in advice_on_text(request) if one.adviser in OFFICERS)


def may_decide(request: AuthorisationRequest, account: Account) -> bool:
    """Tell whether this person had no part in the request: neither asked, nor submitted, nor advised. Two queries."""
    return account.username not in who_asked(request) | who_advised(request)
