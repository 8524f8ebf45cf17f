"""Decide on a request. What is granted is a version that the verdict uses from the next exchange on."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec
from django.db import transaction
from django.utils.translation import gettext as _

from compliance.authorisations.draft import Instrument
from compliance.authorisations.register_version import register_version
from compliance.authorisations.requests.as_version import TRYING, Limits, as_version
from compliance.authorisations.requests.check_content import check_content
from compliance.authorisations.requests.four_eyes import FourEyesError, may_decide
from compliance.authorisations.requests.keep_text import keep_text
from compliance.authorisations.requests.models import RequestDecision
from compliance.authorisations.requests.move import locked, move, require
from compliance.authorisations.requests.said import stated
from compliance.authorisations.requests.text_read import require_text
from compliance.authorisations.requests.vocabulary import DecisionOutcome, Needed, RequestAct, RequestState
from compliance.authorisations.vocabulary import InstrumentKind
from compliance.kernel.clock import BRUSSELS, now
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.authorisations.models import Authorisation
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestText

_PREFIXES = {Needed.PROTOCOL: "PROT", Needed.GENERAL: "TOETR", Needed.DELIBERATION: "BERAAD"}
_NO_LIMITS = Limits()


@transaction.atomic
def decide(
    *,
    request: AuthorisationRequest,
    account: Account,
    outcome: DecisionOutcome,
    reasons: str,
    conditions: str = "",
    limits: Limits = _NO_LIMITS,
    read: str | None = None,
) -> RequestDecision:
    """Grant, grant with conditions, or refuse. One transaction.

    It keeps the text and the state that it was about. What is granted may be tried at once (acceptance and test);
    production waits for signatures and publication. ``conditions`` become part of the text that is signed; ``limits``
    are those that the verdict knows; ``read`` is the digest of the content that was read. Raises
    :class:`FourEyesError`, :class:`TextChangedError` and :class:`InvalidInputError`.
    """
    request = locked(request)
    require(request, act=RequestAct.DECIDE, account=account)
    if not may_decide(request, account):
        raise FourEyesError
    require_text(request, read)
    at = now()
    why = stated(reasons, field="reasons")
    said = stated(conditions, field="conditions") if outcome is DecisionOutcome.CONDITIONAL else ""
    if outcome is not DecisionOutcome.CONDITIONAL and limits != _NO_LIMITS:
        told = "Limits belong to a decision with conditions."
        raise InvalidInputError(errors=(FieldError("/limits", told, "no-condition"),))
    _check_end(request, limits, at)
    decision = RequestDecision.objects.create(
        request=request,
        at=at,
        by=account.username,
        organisation=account.actor.organisation,
        outcome=outcome,
        reasons=why,
        conditions=said,
        limits=msgspec.to_builtins(limits),
        state=request.state,
        text=keep_text(request, at=at),
    )
    to, text = RequestState.REFUSED, None
    if outcome is not DecisionOutcome.REFUSED:
        check_content(request.said, at=at)
        to, text = RequestState.GRANTED, keep_text(request, at=at, conditions=said)
        request.granted = _register(request, account, text, limits, at)
    move(request, act=RequestAct.DECIDE, to=to, actor=account.actor, at=at, remark=why, text=text)
    return decision


def _check_end(request: AuthorisationRequest, limits: Limits, at: datetime) -> None:
    """Refuse an end that leaves no day in which anything is allowed."""
    begins = max(at.astimezone(BRUSSELS).date(), request.said.duration.starts_on or date.min)
    if limits.ends_on is not None and limits.ends_on <= begins:
        told = _("The end must come after the beginning.")
        raise InvalidInputError(errors=(FieldError("/limits/ends_on", told, "no-term"),))


def _register(
    request: AuthorisationRequest, account: Account, text: RequestText, limits: Limits, at: datetime
) -> Authorisation:
    draft = as_version(
        request.said,
        environments=TRYING,
        valid_from=at,
        limits=limits,
        document_reference=request.code,
        document_digest=text.protocol_digest,
    )
    version = register_version(
        instrument=instrument_of(request, at=at), draft=draft, actor=account.actor, reason=request.code
    )
    return version.authorisation


def instrument_of(request: AuthorisationRequest, *, at: datetime) -> Instrument:
    """Return the instrument under which a granted request is tried.

    What amends or renews is tried beside the authorisation that stands, which stays as it is until production.
    """
    title = request.said.parties.title
    if request.replaces and request.authorisation is not None:
        standing = request.authorisation
        code, kind = f"{standing.code[:50]}-P{request.pk}", InstrumentKind(standing.kind)
    else:
        needed = Needed(request.needed)
        code = f"{_PREFIXES.get(needed, 'PROT')}-{at.astimezone(BRUSSELS):%Y}-{request.pk:04}"
        kind = InstrumentKind.PROTOCOL if needed is Needed.NONE else InstrumentKind(needed.value)
    return Instrument(code=code, kind=kind, title_nl=title, title_en=title, title_fr=title)
