"""Keep what came out of a window, by key: the same thing seen again is the same finding."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q

from compliance.detection.marks import mark_day
from compliance.detection.models import Finding
from compliance.detection.queries import ATTACHED
from compliance.detection.vocabulary import FindingState
from compliance.ledger.logs import LogNumber
from compliance.ledger.positions import positions_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping
    from datetime import date, datetime

    from compliance.detection.detectors import finding as pure

_SAID = (
    "begins",
    "ends",
    "tail",
    "score",
    "facts",
    "evidence",
    "exchanges",
    "persons",
    "categories",
)
_WRITTEN = (*_SAID, "leaves", "days", "state", "family", "tier")


def keep_findings(day: date, found: Iterable[pure.Finding], *, asked: Collection[str], at: datetime) -> tuple[int, int]:
    """Write what the detectors in ``asked`` found in the window of a day, in the caller's transaction.

    Returns how many are new, and how many are gone. What comes out of no window any more is gone, unless a case holds
    it. Where several windows see it, it says what the last of them saw.
    """
    seen = {finding.key: finding for finding in found}
    # In one order everywhere, so that whoever else changes several waits instead of deadlocking.
    kept = {
        row.key: row
        for row in Finding.objects.select_for_update()
        .filter(Q(key__in=list(seen)) | Q(days__contains=[day], detector__in=list(asked)))
        .order_by("id")
    }
    changed = [row for key, row in kept.items() if key in seen and _see(row, seen[key], day)]
    new = [_new(finding, day, at) for key, finding in seen.items() if key not in kept]
    lost = [row for key, row in kept.items() if key not in seen]
    gone = sum(_lose(row, day, at) for row in lost)
    _place([*changed, *new])
    Finding.objects.bulk_create(new)
    Finding.objects.bulk_update([*changed, *lost], _WRITTEN)
    Finding.objects.filter(key__in=list(seen)).update(seen_at=at)
    return len(new), gone


def _new(finding: pure.Finding, day: date, at: datetime) -> Finding:
    row = Finding(
        key=finding.key,
        detector=finding.detector,
        family=finding.family.value,
        tier=int(finding.tier),
        period=finding.period,
        partner=finding.partner,
        service=finding.service,
        series=finding.series,
        user=finding.user,
        person=finding.person,
        days=[day],
        found_at=at,
        seen_at=at,
    )
    _say(row, finding)
    return row


def _see(row: Finding, finding: pure.Finding, day: date) -> bool:
    """See a finding in the window of a day; tell whether that changes anything."""
    before = {name: getattr(row, name) for name in (*_SAID, "days", "state", "tier")}
    if not row.days or day >= max(row.days):
        _say(row, finding)
    row.days = sorted({*row.days, day})
    if row.state == FindingState.GONE:
        row.state = FindingState.FOUND
    return before != {name: getattr(row, name) for name in before}


def _say(row: Finding, finding: pure.Finding) -> None:
    row.family, row.tier = finding.family.value, int(finding.tier)
    row.begins, row.ends = finding.begins, finding.ends
    row.tail, row.score, row.facts = finding.tail, finding.score, dict(finding.facts)
    row.evidence = [UUID(one) for one in finding.evidence]
    row.exchanges, row.persons = finding.exchanges, finding.persons
    row.categories = list(finding.categories)


def _lose(row: Finding, day: date, at: datetime) -> bool:
    """See a finding no longer in the window of a day; tell whether it is gone."""
    said = max(row.days)
    row.days = [one for one in row.days if one != day]
    if row.days:
        if said == day:
            # What is left to say is what the window before saw: it is looked at again.
            mark_day(max(row.days), at=at)
        return False
    if row.state in ATTACHED:
        return False
    row.state = FindingState.GONE
    return True


def _place(rows: Iterable[Finding]) -> None:
    """Look up where the evidence stands in the log; what has no place there is left out of both lists."""
    told = list(rows)
    places: Mapping[UUID, int] = positions_of(
        log=LogNumber.EXCHANGES, identifiers={one for row in told for one in row.evidence}
    )
    for row in told:
        row.evidence = [one for one in row.evidence if one in places]
        row.leaves = [places[one] for one in row.evidence]
