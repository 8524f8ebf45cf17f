"""The persons to inform of a data breach: GDPR article 34."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.access.roles import Capability
from compliance.cases.breaches.exchanges_of import exchanges_of
from compliance.exchanges.models import Exchange
from compliance.exchanges.reveal import check_reason, reveal
from compliance.kernel.errors import ForbiddenError, NotFoundError
from compliance.ledger.logs import LogNumber
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind

if TYPE_CHECKING:
    from datetime import datetime

    from compliance.access.models import Account
    from compliance.cases.breaches.models import Breach


@dataclass(slots=True)
class PersonToInform:
    """A person in the exchanges of a breach: in how many, from when until when. Never cached, never logged."""

    kind: str
    value: str
    exchanges: int
    first: datetime
    last: datetime


def persons_to_inform(*, breach: Breach, account: Account, reason: str) -> list[PersonToInform]:
    """Record who asks and why, for the list and for each exchange, and return the persons, by number.

    Each exchange is revealed by an act of its own, so that the persons themselves can be told who saw their number.
    Persons who were erased are in it no longer. Raises :class:`InvalidInputError` without a reason,
    :class:`NotFoundError` and :class:`ForbiddenError`.
    """
    if not account.may(Capability.SEE_CASES):
        raise NotFoundError
    if not (account.may(Capability.DECIDE_CASES) and account.may(Capability.REVEAL_IDENTITIES)):
        raise ForbiddenError
    check_reason(reason)
    told = reason.strip()
    exchanges = exchanges_of(breach.case)
    details = {"case": breach.case.code, "exchanges": str(len(exchanges))}
    record_act(
        actor=account.actor,
        kind=ActKind.BREACH_PERSONS_LISTED,
        object_id=breach.case.uid,
        reason=told,
        details=details,
    )
    found: dict[tuple[str, str], PersonToInform] = {}
    for exchange in Exchange.objects.filter(log=LogNumber.EXCHANGES, id__in=exchanges).order_by("started_at", "id"):
        for subject in reveal(exchange_id=exchange.id, actor=account.actor, reason=told).subjects:
            key, at = (subject.kind, subject.value), exchange.started_at
            person = found.setdefault(key, PersonToInform(*key, exchanges=0, first=at, last=at))
            person.exchanges, person.last = person.exchanges + 1, at
    return [found[key] for key in sorted(found)]
