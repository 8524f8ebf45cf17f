"""Whose turn it is: what has to be done before a request comes further, by whom, and by which persons not."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.authorisations.requests.four_eyes import who_advised, who_asked
from compliance.authorisations.requests.parties import parties_of
from compliance.authorisations.requests.signed import signatures_by_side
from compliance.authorisations.requests.standing_advice import awaits_committee, standing_advice
from compliance.authorisations.requests.states import ADVISABLE, EDITABLE
from compliance.authorisations.requests.vocabulary import Adviser, Party, RequestAct, RequestState, Side

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest

SIDES = {
    Side.RECIPIENT: frozenset({Party.REQUESTER, Party.PARTNER_DPO}),
    Side.PROVIDER: frozenset({Party.OFFICER}),
}
_ADVISERS = {Adviser.RECIPIENT_DPO: Party.PARTNER_DPO, Adviser.PROVIDER_DPO: Party.OFFICER}
_NEXT = {
    RequestState.SIGNED: (RequestAct.PUBLISH, frozenset({Party.OFFICER})),
    RequestState.PUBLISHED: (RequestAct.START_TEST, frozenset({Party.OPERATOR, Party.OFFICER})),
    RequestState.IN_TEST: (RequestAct.GO_LIVE, frozenset({Party.OPERATOR, Party.OFFICER})),
}


class Awaited(NamedTuple):
    """One thing that a request waits for."""

    act: RequestAct
    by: frozenset[Party]
    but_not: frozenset[str] = frozenset()


def awaited(request: AuthorisationRequest) -> tuple[Awaited, ...]:
    """Return all that it waits for now; nothing when it is in production or has ended. No query after `with_steps`."""
    return tuple(_awaited(request))


def waits_for(request: AuthorisationRequest, account: Account) -> bool:
    """Tell whether it is this person's turn."""
    parties = parties_of(account, request)
    return any(one.by & parties and account.username not in one.but_not for one in awaited(request))


def _awaited(request: AuthorisationRequest) -> Iterator[Awaited]:
    state = RequestState(request.state)
    if state in EDITABLE:
        yield Awaited(RequestAct.SUBMIT, frozenset({Party.REQUESTER}))
    elif state is RequestState.READY:
        yield Awaited(RequestAct.DECIDE, frozenset({Party.OFFICER}), who_asked(request) | who_advised(request))
    elif state in ADVISABLE:
        yield from _advice(request)
    elif state is RequestState.GRANTED:
        signed = signatures_by_side(request).items()
        yield from (Awaited(RequestAct.SIGN, SIDES[side], one.people) for side, one in signed if not one.is_complete)
    elif state in _NEXT:
        yield Awaited(*_NEXT[state])


def _advice(request: AuthorisationRequest) -> Iterator[Awaited]:
    advice = standing_advice(request)
    lacking = (party for adviser, party in _ADVISERS.items() if adviser not in advice)
    yield from (Awaited(RequestAct.ADVISE, frozenset({party})) for party in lacking)
    if awaits_committee(request):
        yield Awaited(RequestAct.RECORD_EXTERNAL, frozenset({Party.OFFICER}))
