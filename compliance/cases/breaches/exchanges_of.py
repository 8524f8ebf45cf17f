"""The exchanges that a case is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from compliance.exchanges.commitments import USER
from compliance.exchanges.models import Exchange
from compliance.kernel.pseudonyms import short_range
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Opening

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.cases.models import Case

MOST: Final = 5_000


def exchanges_of(case: Case) -> list[UUID]:
    """Return the exchanges that its findings name, and where these were too many to name those of its user.

    Of a user they are those with the partner from the first finding until the last, at most five thousand, by number.
    """
    findings = list(case.findings.all())
    named = {exchange for finding in findings for exchange in finding.evidence}
    if case.user_key is not None and any(finding.exchanges > len(finding.evidence) for finding in findings):
        least, most = short_range(case.user_key)
        asked = Opening.objects.filter(
            log=LogNumber.EXCHANGES, position=USER, lookup__gte=least, lookup__lte=most
        ).values("id")
        during = Exchange.objects.filter(
            log=LogNumber.EXCHANGES, id__in=asked, started_at__gte=case.begins, started_at__lt=case.ends
        )
        named |= set(during.filter(partner=case.partner).values_list("id", flat=True)[:MOST])
    return sorted(named)[:MOST]
