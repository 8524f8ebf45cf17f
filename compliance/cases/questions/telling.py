"""The exchanges of a case that tell most: about these one asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.exchanges.models import Exchange
from compliance.ledger.logs import LogNumber

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.cases.models import Case

MOST = 10


def telling_exchanges(case: Case, *, most: int = MOST) -> list[UUID]:
    """Return the first of what the findings rest on, the most telling finding first, of the case's partner alone.

    Each finding gives in turn, so that one with much evidence does not hide the others. Two queries.
    """
    findings = [list(finding.evidence) for finding in case.findings.all()]
    in_turn = [found[place] for place in range(most) for found in findings if place < len(found)]
    on_record = Exchange.objects.filter(log=LogNumber.EXCHANGES, id__in=in_turn, partner=case.partner)
    known = set(on_record.values_list("id", flat=True))
    return [one for one in dict.fromkeys(in_turn) if one in known][:most]
