"""Groups of people around one request: by what they may do, and by whose turn it is."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.authorisations.requests.awaited import awaited
from compliance.authorisations.requests.parties import parties_of
from compliance.authorisations.requests.vocabulary import Adviser, Party, RequestAct
from compliance.notices.audience import people_who

if TYPE_CHECKING:
    from compliance.access.models import Account
    from compliance.authorisations.requests.awaited import Awaited
    from compliance.authorisations.requests.models import AuthorisationRequest


class Audience(StrEnum):
    """Whom something is for. The first four are what people are to the request; the others shrink as people act."""

    REQUESTERS = "requesters"
    PARTNER_DPOS = "partner-dpos"
    OFFICERS = "officers"
    OPERATORS = "operators"
    AWAITED = "whose turn it is"
    NEW_ADVISERS = "whose advice is awaited, and who never gave any"
    FORMER_ADVISERS = "whose advice is awaited, since theirs is about an earlier text"


KEEPERS = frozenset({Party.OFFICER, Party.OPERATOR})
_OF_PARTY = {
    Party.REQUESTER: Audience.REQUESTERS,
    Party.PARTNER_DPO: Audience.PARTNER_DPOS,
    Party.OFFICER: Audience.OFFICERS,
    Party.OPERATOR: Audience.OPERATORS,
}
_ADVISERS = {Adviser.RECIPIENT_DPO: Party.PARTNER_DPO, Adviser.PROVIDER_DPO: Party.OFFICER}


def people_around(request: AuthorisationRequest) -> list[tuple[Account, frozenset[Audience]]]:
    """Return the partner's people and the keeper's who are something to a request, and all that each belongs to."""
    code = request.organisation.code
    own = people_who(Capability.MAKE_REQUESTS, organisation=code) | people_who(
        Capability.ADVISE_FOR_PARTNER, organisation=code
    )
    keepers = people_who(Capability.DECIDE_REQUESTS) | people_who(Capability.KEEP_CONNECTIONS)
    waiting, advised = awaited(request), set(request.requestadvices.values_list("adviser", flat=True))
    former = frozenset(_ADVISERS[adviser] for adviser in _ADVISERS if adviser in advised)
    return [(person, _audiences(person, parties_of(person, request), waiting, former)) for person in (*own, *keepers)]


def _audiences(
    person: Account, parties: frozenset[Party], waiting: tuple[Awaited, ...], former: frozenset[Party]
) -> frozenset[Audience]:
    found = {_OF_PARTY[party] for party in parties}
    for one in waiting:
        if one.by & parties and person.username not in one.but_not:
            found.add(Audience.AWAITED)
            if one.act is RequestAct.ADVISE:
                found.add(Audience.FORMER_ADVISERS if one.by & former else Audience.NEW_ADVISERS)
    return frozenset(found)
