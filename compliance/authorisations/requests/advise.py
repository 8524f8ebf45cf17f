"""Give advice on a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from compliance.authorisations.requests.keep_text import keep_text
from compliance.authorisations.requests.models import RequestAdvice
from compliance.authorisations.requests.move import locked, move, require
from compliance.authorisations.requests.said import stated
from compliance.authorisations.requests.standing_advice import standing_advice, state_by_advice
from compliance.authorisations.requests.text_read import require_text
from compliance.authorisations.requests.vocabulary import Adviser, Opinion, Party, RequestAct
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest


@transaction.atomic
def advise(
    *, request: AuthorisationRequest, account: Account, opinion: Opinion, advice: str, read: str | None = None
) -> RequestAdvice:
    """Give the advice of one's own side; the newest of a side counts. One transaction; the same again is not new.

    It is about the text as it stands: :mod:`standing_advice`; ``read`` is the digest of the content that was read.
    Raises :class:`InvalidInputError` without words, and :class:`TextChangedError`.
    """
    request = locked(request)
    parties = require(request, act=RequestAct.ADVISE, account=account)
    require_text(request, read)
    adviser = Adviser.RECIPIENT_DPO if Party.PARTNER_DPO in parties else Adviser.PROVIDER_DPO
    before = standing_advice(request).get(adviser)
    if before and (before.by, before.opinion, before.advice) == (account.username, opinion, advice.strip()):
        return before
    return give(request, account, adviser, opinion, advice, act=RequestAct.ADVISE)


def give(
    request: AuthorisationRequest,
    account: Account,
    adviser: Adviser,
    opinion: Opinion,
    advice: str,
    *,
    act: RequestAct,
    reference: str = "",
) -> RequestAdvice:
    """Write down one advice on a locked request, and move it where that leads. In the caller's transaction."""
    at = now()
    text = keep_text(request, at=at)
    given = RequestAdvice.objects.create(
        request=request,
        at=at,
        by=account.username,
        organisation=account.actor.organisation,
        adviser=adviser,
        opinion=opinion,
        advice=stated(advice, field="advice"),
        reference=reference,
        text=text,
    )
    move(request, act=act, to=state_by_advice(request), actor=account.actor, at=at, remark=given.advice, text=text)
    return given
