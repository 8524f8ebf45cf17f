"""Words that every page about requests uses: how one stands, who is meant, whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.authorisations.requests.signed import PERSONS_A_SIDE, signatures_by_side
from compliance.authorisations.requests.vocabulary import Adviser, Party, RequestAct, RequestState, Side
from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge
from compliance.registry.keeper import keeper

if TYPE_CHECKING:
    from compliance.authorisations.requests.awaited import Awaited
    from compliance.authorisations.requests.models import AuthorisationRequest
    from compliance.console.presenters.badge import Tone
    from compliance.console.presenters.names import Names

S = RequestState
TONES: dict[RequestState, Tone] = {
    S.DRAFT: "open",
    S.RETURNED: "care",
    S.READY: "care",
    S.IN_PRODUCTION: "good",
    S.REFUSED: "bad",
    S.SUSPENDED: "bad",
}


def present_state(request: AuthorisationRequest) -> Badge:
    """Say where it stands."""
    state = RequestState(request.state)
    return Badge(str(state.label), TONES.get(state, "calm"))


def title_of_request(request: AuthorisationRequest) -> str:
    """Return what it is called."""
    return request.said.parties.title or _("Request without a title")


def partner_of(request: AuthorisationRequest, names: Names) -> str:
    """Name the organisation that asks."""
    return names.organisation(request.organisation.code)


def keeper_name(names: Names) -> str:
    """Name the organisation that gives."""
    return names.organisation(keeper())


def adviser_words(adviser: str, request: AuthorisationRequest, names: Names) -> str:
    """Say who advises."""
    match Adviser(adviser):
        case Adviser.RECIPIENT_DPO:
            return _("Data protection officer of %(organisation)s") % {"organisation": partner_of(request, names)}
        case Adviser.PROVIDER_DPO:
            return _("Data protection officer of %(organisation)s") % {"organisation": keeper_name(names)}
        case committee:
            return str(committee.label)


def awaited_words(one: Awaited, request: AuthorisationRequest, names: Names) -> str:  # noqa: PLR0911 - one line an act
    """Say what a request waits for, as the end of “waits for …”."""
    partner, own = partner_of(request, names), keeper_name(names)
    match one.act:
        case RequestAct.SUBMIT if request.state == S.RETURNED:
            return _("an answer of %(organisation)s") % {"organisation": partner}
        case RequestAct.SUBMIT:
            return _("its submission by %(organisation)s") % {"organisation": partner}
        case RequestAct.ADVISE:
            organisation = partner if Party.PARTNER_DPO in one.by else own
            return _("the advice of the data protection officer of %(organisation)s") % {"organisation": organisation}
        case RequestAct.RECORD_EXTERNAL:
            return _("the advice of the %(committee)s") % {"committee": str(Adviser(request.external).label)}
        case RequestAct.DECIDE:
            return _("the decision of an officer who had no part in it")
        case RequestAct.SIGN:
            side = Side.PROVIDER if Party.OFFICER in one.by else Side.RECIPIENT
            lacking = PERSONS_A_SIDE - len(signatures_by_side(request)[side].people)
            organisation = own if side is Side.PROVIDER else partner
            template = (
                _("a second signature of %(organisation)s") if lacking == 1 else _("two signatures of %(organisation)s")
            )
            return template % {"organisation": organisation}
        case RequestAct.PUBLISH:
            return _("its publication by %(organisation)s") % {"organisation": own}
        case RequestAct.START_TEST:
            return _("the start of the tests")
        case _:
            return _("the end of the tests, and production")


def since_words(request: AuthorisationRequest) -> str:
    """Say since when it stands there."""
    return words.day(words.local_day(request.state_since))
