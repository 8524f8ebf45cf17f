"""The day of a user: when they looked things up, by hand, on the day that says most."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.console.days import midnight
from compliance.console.presenters import words
from compliance.console.presenters.cases.day_picture import LookUp
from compliance.exchanges.commitments import USER
from compliance.kernel.record_id import first_at, started_at
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Opening

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from uuid import UUID

    from compliance.cases.models import Case

_MOST = 400


def evidence_of(case: Case) -> list[UUID]:
    """Return the exchanges of all findings, the most telling first, each once."""
    return list(dict.fromkeys(identifier for finding in case.findings.all() for identifier in finding.evidence))


def busiest_day(evidence: Iterable[UUID]) -> date | None:
    """Return the day on which most of these exchanges began; of several the first."""
    days = Counter(words.local_day(started_at(identifier)) for identifier in evidence)
    return min(days, key=lambda day: (-days[day], day)) if days else None


def told_of_day(evidence: Iterable[UUID], day: date) -> list[LookUp]:
    """Return what of the evidence was on a day; no query."""
    return [
        LookUp(started_at(identifier), is_told=True, about=_("in this case"))
        for identifier in evidence
        if words.local_day(started_at(identifier)) == day
    ]


def whole_day(evidence: Iterable[UUID], day: date) -> list[LookUp]:
    """Return all that the user of the evidence looked up on a day; two queries. Erased openings are not there."""
    told = {identifier for identifier in evidence if words.local_day(started_at(identifier)) == day}
    own = Opening.objects.filter(log=LogNumber.EXCHANGES, position=USER, lookup__isnull=False)
    looked = own.filter(id__in=told).values_list("lookup", flat=True).first()
    if looked is None:
        return []
    others = own.filter(
        lookup=bytes(looked), id__gte=first_at(midnight(day)), id__lt=first_at(midnight(day + timedelta(days=1)))
    )
    found = told | set(others.order_by("id").values_list("id", flat=True)[:_MOST])
    return [LookUp(started_at(one), one in told, _("in this case") if one in told else _("beside it")) for one in found]
