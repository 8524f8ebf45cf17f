"""Let the demo's officers begin their day: one case is taken, and a partner is asked about another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.access.models import Account
from compliance.cases.assign import take
from compliance.cases.models import Case
from compliance.cases.questions.ask import ask
from compliance.cases.vocabulary import CaseKind

if TYPE_CHECKING:
    from compliance.cases.questions.models import PartnerQuestion

ASKED = "VDAB"
MOST_EXCHANGES = 10
WORDS = (
    "Deze opzoekingen gebeurden zonder dossier van deze persoon bij u. "
    "Wilt u voor elke opzoeking zeggen waarom ze nodig was?"
)


def tell_cases() -> PartnerQuestion | None:
    """Take the gravest case of VDAB's people and ask VDAB about it; ``None`` when there is no such case."""
    officer = Account.objects.get(username="officer")
    flagged = Case.objects.filter(kind=CaseKind.FLAGGED, partner=ASKED, family="people", assignee=None)
    case = flagged.order_by("-severity", "id").first()
    if case is None:
        return None
    take(case=case, account=officer)
    exchanges = [exchange for one in case.findings.all() for exchange in one.evidence]
    chosen = list(dict.fromkeys(exchanges))[:MOST_EXCHANGES]
    return ask(account=officer, text=WORDS, exchanges=chosen, case=case)
