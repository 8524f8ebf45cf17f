"""Open a published authorisation for testing, and put it into production."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec
from django.db import transaction

from compliance.authorisations.draft import Instrument
from compliance.authorisations.models import AuthorisationSuspension, AuthorisationWithdrawal
from compliance.authorisations.register_version import register_version
from compliance.authorisations.requests.as_version import LIVE, Limits, as_version, midnight
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.move import NotNowError, locked, move, require
from compliance.authorisations.requests.said import stated
from compliance.authorisations.requests.sign import text_to_sign
from compliance.authorisations.requests.states import transition
from compliance.authorisations.requests.vocabulary import Party, RequestAct, RequestState
from compliance.authorisations.vocabulary import InstrumentKind
from compliance.authorisations.withdraw import withdraw
from compliance.kernel.actor import system
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.authorisations.models import Authorisation, AuthorisationVersion
    from compliance.authorisations.requests.models import RequestEvent

CLOCK = system("requests-clock")


@transaction.atomic
def start_test(*, request: AuthorisationRequest, account: Account) -> RequestEvent:
    """Let the partner and its vendor show in the acceptance environment that their exchanges are right."""
    request = locked(request)
    require(request, act=RequestAct.START_TEST, account=account)
    return move(request, act=RequestAct.START_TEST, to=RequestState.IN_TEST, actor=account.actor, at=now())


@transaction.atomic
def go_live(*, request: AuthorisationRequest, account: Account, remark: str) -> AuthorisationVersion:
    """Register the version that allows production, and return it. One transaction.

    ``remark`` says what the tests showed. It speaks from now, or from the day on which the request says that it begins.
    What it amends or renews is replaced in the same moment, and the instrument under which it was tried ends.
    Raises :class:`NotNowError` while that is suspended, or when it was withdrawn or its term is over.
    """
    request = locked(request)
    require(request, act=RequestAct.GO_LIVE, account=account)
    at = now()
    shown = stated(remark, field="remark")
    if stands_in_the_way(request):
        raise NotNowError
    version = _register(request, account, at)
    tried, request.granted = request.granted, version.authorisation
    if tried is not None and tried.pk != version.authorisation_id:
        withdraw(authorisation=tried, withdrawn_from=at, actor=account.actor, reason=request.code)
        request.authorisation = version.authorisation
    _renew_earlier(request, at)
    to, text = RequestState.IN_PRODUCTION, text_to_sign(request)
    move(request, act=RequestAct.GO_LIVE, to=to, actor=account.actor, at=at, remark=shown, text=text)
    return version


def becomes(request: AuthorisationRequest) -> Authorisation | None:
    """Return the authorisation that allows production when the request goes live."""
    return request.authorisation if request.replaces else request.granted


def stands_in_the_way(request: AuthorisationRequest) -> Literal["withdrawn", "suspended"] | None:
    """Return what happened to the authorisation meanwhile that production may not pass over. Two queries at most."""
    standing = becomes(request)
    if standing is None:
        return None
    if AuthorisationWithdrawal.objects.filter(authorisation=standing).exists():
        return "withdrawn"
    suspended = AuthorisationSuspension.objects.filter(authorisation=standing, lifting=None)
    return "suspended" if suspended.exists() else None


def _register(request: AuthorisationRequest, account: Account, at: datetime) -> AuthorisationVersion:
    content, text = request.said, text_to_sign(request)
    standing = becomes(request)
    if standing is None:
        raise NotNowError
    title = content.parties.title
    begins = midnight(content.duration.starts_on) if content.duration.starts_on else at
    decision = request.requestdecisions.order_by("-id").first()
    draft = as_version(
        content,
        environments=LIVE,
        valid_from=max(at, begins),
        limits=msgspec.convert(decision.limits, Limits) if decision else None,
        document_reference=request.code,
        document_digest=text.protocol_digest,
    )
    if draft.valid_until is not None and draft.valid_until <= draft.valid_from:
        raise NotNowError
    instrument = Instrument(
        code=standing.code,
        kind=InstrumentKind(standing.kind),
        title_nl=title,
        title_en=title if not request.replaces else standing.title_en,
        title_fr=title if not request.replaces else standing.title_fr,
    )
    return register_version(instrument=instrument, draft=draft, actor=account.actor, reason=request.code)


def _renew_earlier(request: AuthorisationRequest, at: datetime) -> None:
    """Let earlier requests of which the authorisation is now this one's end."""
    earlier = AuthorisationRequest.objects.select_for_update(of=("self",)).exclude(pk=request.pk)
    for one in earlier.filter(granted=request.granted).select_related("organisation"):
        if transition(RequestAct.RENEW, RequestState(one.state), [Party.CLOCK]) is not None:
            move(one, act=RequestAct.RENEW, to=RequestState.RENEWED, actor=CLOCK, at=at, remark=request.code)
