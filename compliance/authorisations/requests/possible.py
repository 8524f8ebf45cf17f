"""What a person can do with a request now, and why not what others of their kind can."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from compliance.authorisations.requests.awaited import SIDES
from compliance.authorisations.requests.four_eyes import who_advised, who_asked
from compliance.authorisations.requests.go_live import stands_in_the_way
from compliance.authorisations.requests.parties import parties_of
from compliance.authorisations.requests.signed import signatures_by_side
from compliance.authorisations.requests.standing_advice import awaits_committee
from compliance.authorisations.requests.states import allowed_acts
from compliance.authorisations.requests.vocabulary import Party, RequestAct, RequestState

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest


class Hindrance(StrEnum):
    """Why somebody else has to do it, or nobody can yet."""

    ASKED = "asked"
    ADVISED = "advised"
    SIGNED = "signed"
    SIDE_SIGNED = "side-signed"
    WITHDRAWN = "withdrawn"
    SUSPENDED = "suspended"


class Possible(NamedTuple):
    """One act; with a hindrance it is only explained."""

    act: RequestAct
    hindrance: Hindrance | None = None


def possible_acts(request: AuthorisationRequest, account: Account) -> tuple[Possible, ...]:
    """Return the acts of this person's kind, in the order of the table. The verbs decide again, under a lock."""
    parties = parties_of(account, request)
    acts = allowed_acts(RequestState(request.state), parties)
    return tuple(Possible(act, _hindrance(request, account, parties, act)) for act in acts if _is_there(request, act))


def _is_there(request: AuthorisationRequest, act: RequestAct) -> bool:
    """Tell whether there is anything to do: a committee is asked once at a time, and answers when it was asked."""
    match act:
        case RequestAct.ASK_EXTERNAL:
            return not awaits_committee(request)
        case RequestAct.RECORD_EXTERNAL:
            return awaits_committee(request)
        case _:
            return True


def _hindrance(
    request: AuthorisationRequest, account: Account, parties: frozenset[Party], act: RequestAct
) -> Hindrance | None:
    match act:
        case RequestAct.DECIDE if account.username in who_asked(request):
            return Hindrance.ASKED
        case RequestAct.DECIDE if account.username in who_advised(request):
            return Hindrance.ADVISED
        case RequestAct.SIGN:
            signed = next(one for side, one in signatures_by_side(request).items() if SIDES[side] & parties)
            if account.username in signed.people:
                return Hindrance.SIGNED
            return Hindrance.SIDE_SIGNED if signed.is_complete else None
        case RequestAct.GO_LIVE:
            standing = stands_in_the_way(request)
            return Hindrance(standing) if standing else None
        case _:
            return None
