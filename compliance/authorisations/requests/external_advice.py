"""Ask a committee for advice where the law or caution wants it, and record its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from compliance.authorisations.requests.advise import give
from compliance.authorisations.requests.move import NotNowError, locked, move, require
from compliance.authorisations.requests.said import stated
from compliance.authorisations.requests.standing_advice import awaits_committee, standing_advice, state_by_advice
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
    if refused := _refused(request, committee):
        raise InvalidInputError(errors=(FieldError("/committee", refused, "not-a-committee"),))
    request.external = committee
    to = state_by_advice(request)
    remark = stated(why, field="why")
    move(request, act=RequestAct.ASK_EXTERNAL, to=to, actor=account.actor, at=now(), remark=remark)


def _refused(request: AuthorisationRequest, committee: Adviser) -> str:
    if committee not in COMMITTEES:
        return _("Choose one of the committees.")
    if awaits_committee(request):
        return _("A committee was asked before. Record its answer first.")
    return _("This committee advised on this text.") if committee in standing_advice(request) else ""


@transaction.atomic
def record_external(
    *, request: AuthorisationRequest, account: Account, opinion: Opinion, advice: str, reference: str
) -> RequestAdvice:
    """Record what the committee answered, with the reference of its document. One transaction."""
    request = locked(request)
    require(request, act=RequestAct.RECORD_EXTERNAL, account=account)
    if not awaits_committee(request):
        raise NotNowError
    reference = stated(reference, field="reference", longest=200)
    committee, act = Adviser(request.external), RequestAct.RECORD_EXTERNAL
    return give(request, account, committee, opinion, advice, act=act, reference=reference)
