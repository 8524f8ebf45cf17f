"""How far each side has come with signing. Two persons sign for a side."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.authorisations.requests.vocabulary import Side

if TYPE_CHECKING:
    from compliance.authorisations.requests.models import AuthorisationRequest, RequestSignature

PERSONS_A_SIDE = 2


class SideSigned(NamedTuple):
    """How far one side has come."""

    signatures: tuple[RequestSignature, ...]

    @property
    def people(self) -> frozenset[str]:
        """Who signed."""
        return frozenset(one.by for one in self.signatures)

    @property
    def is_complete(self) -> bool:
        """Whether two persons did."""
        return len(self.people) >= PERSONS_A_SIDE


def signatures_by_side(request: AuthorisationRequest) -> dict[Side, SideSigned]:
    """Return the signatures of each side: a request is granted once, so all are of one text. One query at most."""
    signed = sorted(request.requestsignatures.all(), key=lambda one: one.pk)
    return {side: SideSigned(tuple(one for one in signed if one.side == side)) for side in Side}
