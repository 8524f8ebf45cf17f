"""Whether a look-up is explained, and of which cases and findings an exchange is evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.db.models import Sum

from compliance.cases.models import Case
from compliance.console.presenters import words
from compliance.detection.detectors.explanation import Explanation
from compliance.detection.models import Finding, PairDay
from compliance.exchanges.commitments import USER
from compliance.exchanges.vocabulary import Environment, Trigger
from compliance.kernel.pseudonyms import short
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Opening

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.exchanges.models import Exchange

LONGEST: Final = timedelta(days=93)
"""No finding begins longer before an exchange that it names."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """What detection knows of an exchange; ``explanation`` is ``None`` where nothing is to be explained, or not yet."""

    is_look_up: bool
    explanation: Explanation | None
    cases: Sequence[Case]
    findings: Sequence[Finding]


def flagged(exchange: Exchange) -> Flagged:
    """Return what detection knows of an exchange; four queries."""
    is_look_up = (
        exchange.environment == Environment.PRODUCTION
        and exchange.trigger == Trigger.MANUAL
        and exchange.subject_count > 0
    )
    near = Finding.objects.standing().filter(
        begins__lte=exchange.started_at, begins__gte=exchange.started_at - LONGEST, evidence__contains=[exchange.id]
    )
    cases = Case.objects.filter(findings__evidence__contains=[exchange.id]).distinct().order_by("-id")
    return Flagged(
        is_look_up=is_look_up,
        explanation=_explanation(exchange) if is_look_up else None,
        cases=list(cases.prefetch_related("findings")),
        findings=[one for one in near if one.state != "raised"],
    )


def _explanation(exchange: Exchange) -> Explanation | None:
    """Return the explanation of this user's look-ups of these persons that day; the weakest, when they differ."""
    openings = Opening.objects.filter(log=LogNumber.EXCHANGES, id=exchange.id, lookup__isnull=False)
    known = {one.position: short(bytes(one.lookup or b"")) for one in openings}
    user = known.pop(USER, None)
    if user is None or not known:
        return None
    pairs = PairDay.objects.filter(
        day=words.local_day(exchange.started_at), partner=exchange.partner, user=user, person__in=list(known.values())
    )
    told = pairs.aggregate(look_ups=Sum("look_ups"), direct=Sum("direct"), unexplained=Sum("unexplained"))
    if not told["look_ups"]:
        return None
    if told["unexplained"]:
        return Explanation.NONE
    return Explanation.DIRECT if told["direct"] == told["look_ups"] else Explanation.TEAM
