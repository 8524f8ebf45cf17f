"""Findings in cases of which more was seen since."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from compliance.cases.models import Case, CaseFinding
from compliance.cases.move import locked
from compliance.cases.raising.attach import attach, describe
from compliance.detection.models import Finding
from compliance.detection.vocabulary import FindingState

if TYPE_CHECKING:
    from datetime import datetime

GREW: Final = 1.5
"""A finding on which was decided is new again when it holds half as many exchanges again as it did then."""


def find_grown() -> int:
    """Look anew at findings that grew after all their cases were decided. In the caller's transaction."""
    decided = CaseFinding.objects.filter(case__in=Case.objects.decided()).values_list("key", "exchanges")
    rows = Finding.objects.filter(state=FindingState.RAISED).exclude(key__in=_open_keys())
    known: dict[str, int] = {}
    for key, exchanges in decided:
        known[key] = max(known.get(key, 0), exchanges)
    seen = rows.filter(key__in=known).values_list("pk", "key", "exchanges")
    grown = [pk for pk, key, exchanges in seen if exchanges >= GREW * max(1, known[key])]
    return Finding.objects.filter(pk__in=grown).update(state=FindingState.FOUND)


def refresh_open(*, at: datetime) -> None:
    """Let open cases say what their findings say now. In the caller's transaction."""
    copied = {
        key: (seen_at, case)
        for key, seen_at, case in CaseFinding.objects.filter(case__in=Case.objects.open()).values_list(
            "key", "seen_at", "case_id"
        )
    }
    rows = Finding.objects.filter(key__in=copied).values_list("key", "seen_at")
    anew = {copied[key][1] for key, seen_at in rows if seen_at > copied[key][0]}
    for found in Case.objects.filter(pk__in=anew).order_by("id"):
        case = locked(found)
        attach(case, Finding.objects.filter(key__in=list(case.findings.values_list("key", flat=True))), at=at)
        describe(case, at=at)
        case.save()


def _open_keys() -> list[str]:
    return list(CaseFinding.objects.filter(case__in=Case.objects.open()).values_list("key", flat=True))
