"""Ask a committee for advice where the law or caution wants it, and record its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.requests.advise import give
from compliance.authorisations.requests.move import NotNowError, locked, move, require
from compliance.authorisations.requests.said import stated
from compliance.authorisations.requests.standing_advice import state_by_advice
from compliance.authorisations.requests.vocabulary import Adviser, Opinion, RequestAct
from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestAdvice

COMMITTEES = frozenset({Adviser.VTC, Adviser.KSZ_COMMITTEE})


@transaction.atomic
def ask_external(*, request: AuthorisationRequest, account: Account, committee: Adviser, why: str) -> None:
    """Ask a committee (VTC, or the Information Security Committee) for advice before the decision. One transaction."""
    request = locked(request)
    require(request, act=RequestAct.ASK_EXTERNAL, account=account)
    if committee not in COMMITTEES:
        raise InvalidInputError(errors=(FieldError("/committee", "Choose one of the committees.", "not-a-committee"),))
    request.external = committee
    to = state_by_advice(request)
    remark = stated(why, field="why")
    move(request, act=RequestAct.ASK_EXTERNAL, to=to, actor=account.actor, at=now(), remark=remark)


@transaction.atomic
def record_external(
    *, request: AuthorisationRequest, account: Account, opinion: Opinion, advice: str, reference: str
) -> RequestAdvice:
    """Record what the committee answered, with the reference of its document. One transaction."""
    request = locked(request)
    require(request, act=RequestAct.RECORD_EXTERNAL, account=account)
    if not request.external:
        raise NotNowError
    reference = stated(reference, field="reference", longest=200)
    committee, act = Adviser(request.external), RequestAct.RECORD_EXTERNAL
    return give(request, account, committee, opinion, advice, act=act, reference=reference)
