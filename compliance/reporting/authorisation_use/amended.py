"""What a request says that changes an authorisation into other terms: the draft that one click makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from compliance.authorisations.requests.content import RequestedData, Wanted
from compliance.authorisations.requests.propose import proposed
from compliance.authorisations.requests.vocabulary import RequestKind

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.authorisations.models import Authorisation
    from compliance.authorisations.requests.content import RequestContent
    from compliance.authorisations.terms import Terms
    from compliance.registry.models import Organisation


def amended(*, authorisation: Authorisation, organisation: Organisation, terms: Terms, at: datetime) -> RequestContent:
    """Return what an amendment would propose, with the services, data, purposes, bases, routes and hours of ``terms``.

    What stays keeps its place and its words; what is new comes last, and says nothing yet of why it is needed.
    """
    content = proposed(organisation=organisation, kind=RequestKind.AMENDMENT, authorisation=authorisation, at=at)
    reasons = {wanted.category: wanted.why for wanted in content.data.categories}
    categories = _in_order(content.categories, terms.categories)
    replace = msgspec.structs.replace
    return replace(
        content,
        purposes=replace(content.purposes, purposes=_in_order(content.purposes.purposes, terms.purposes)),
        data=RequestedData(
            services=_in_order(content.data.services, terms.services),
            categories=tuple(Wanted(code, reasons.get(code, "")) for code in categories),
        ),
        legal_basis=replace(
            content.legal_basis, recipient_bases=_in_order(content.legal_basis.recipient_bases, terms.legal_bases)
        ),
        rhythm=replace(
            content.rhythm, routes=_in_order(content.rhythm.routes, terms.routes), hours=terms.conditions.hours
        ),
        duration=replace(content.duration, starts_on=None),
    )


def _in_order(standing: Iterable[str], codes: frozenset[str]) -> tuple[str, ...]:
    kept = [code for code in standing if code in codes]
    return (*kept, *sorted(codes.difference(kept)))
