"""Who looked, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.vocabulary import RequestState
from compliance.console.presenters import words
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from uuid import UUID

    from compliance.console.door import Door
    from compliance.console.presenters.names import Names
    from compliance.oversight.models import Act

OF_AN_EXCHANGE = frozenset({ActKind.EXCHANGE_READ, ActKind.IDENTITY_REVEALED, ActKind.PROOF_EXPORTED})
"""The acts whose object is an exchange; those of others, such as a connection, lead to no exchange."""


@dataclass(frozen=True, slots=True)
class PresentedAct:
    """One look, search, reveal or export."""

    moment: str
    at: str
    actor: str
    organisation: str
    act: str
    reason: str
    address: str
    is_reveal: bool


def present_acts(*, acts: Iterable[Act], names: Names, door: Door) -> tuple[PresentedAct, ...]:
    """Put acts into words."""
    listed = list(acts)
    codes = _codes(listed)
    return tuple(
        PresentedAct(
            moment=words.moment(act.at),
            at=act.at.isoformat(),
            actor=act.actor,
            organisation=names.organisation(act.organisation),
            act=words.sentence(str(ActKind(act.kind).label) if act.kind in ActKind.values else act.kind),
            reason=act.reason,
            address=_address(act, codes, door),
            is_reveal=act.kind == ActKind.IDENTITY_REVEALED,
        )
        for act in listed
    )


def _codes(acts: Iterable[Act]) -> dict[UUID, str]:
    """Return the codes of the requests that were acted on. A query, where there are any."""
    acted_on = [act.object_id for act in acts if act.object_id and act.kind.startswith("request:")]
    requests = AuthorisationRequest.objects.filter(uid__in=acted_on).exclude(state=RequestState.DRAFT)
    return dict(requests.values_list("uid", "code")) if acted_on else {}


def _address(act: Act, codes: Mapping[UUID, str], door: Door) -> str:
    """Return where that stands which was acted on."""
    if act.object_id is not None and act.object_id in codes:
        return door.address("request", codes[act.object_id])
    return door.address("exchange", act.object_id) if act.object_id and act.kind in OF_AN_EXCHANGE else ""
