"""Findings as triage reads them, of the rows in which they are kept."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from compliance.detection.detectors.finding import Family, Finding, Tier

if TYPE_CHECKING:
    from compliance.cases.models import CaseFinding
    from compliance.detection.models import Finding as FindingRow


def as_finding(row: FindingRow) -> Finding:
    """Return what a detector said."""
    return _finding(row, user=row.user, person=row.person)


def as_copied(copy: CaseFinding) -> Finding:
    """Return what a finding in a case says."""
    return _finding(copy, user=copy.user_key, person=copy.person_key)


def _finding(row: FindingRow | CaseFinding, **more: Any) -> Finding:
    return Finding(
        detector=row.detector,
        family=Family(row.family),
        tier=Tier(row.tier),
        period=row.period,
        begins=row.begins,
        ends=row.ends,
        partner=row.partner,
        service=row.service,
        series=row.series,
        tail=row.tail,
        score=row.score,
        facts=row.facts,
        evidence=tuple(str(one) for one in row.evidence),
        exchanges=row.exchanges,
        persons=row.persons,
        categories=tuple(row.categories),
        **more,
    )
