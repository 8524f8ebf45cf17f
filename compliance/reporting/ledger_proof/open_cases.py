"""The cases that somebody still has to look into because the ledger does not verify."""

from __future__ import annotations

from compliance.cases.models import Case
from compliance.cases.vocabulary import CaseKind

SHOWN = 10


def open_cases() -> list[Case]:
    """Return the newest, of all logs. One query."""
    return list(Case.objects.open().filter(kind=CaseKind.LEDGER_DIVERGES)[:SHOWN])
