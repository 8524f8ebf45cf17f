"""Copy findings into a case, and let the case say what it is about now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from compliance.cases.deadlines import due_after
from compliance.cases.models import CaseFinding
from compliance.cases.raising.from_rows import as_copied
from compliance.detection.detectors.catalogue import DETECTORS
from compliance.detection.triage.story import Story
from compliance.detection.tuning.standing import Standing, standings

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from compliance.cases.models import Case
    from compliance.detection.models import Finding

_Value = TypeVar("_Value")


def attach(case: Case, rows: Iterable[Finding], *, at: datetime) -> list[CaseFinding]:
    """Copy findings that are not in this case yet, and what was seen anew of those that are; return the new ones.

    In the caller's transaction, which holds the lock on raising cases. ``case`` is left for the caller to save.
    """
    given = {row.key: row for row in rows}
    known = {copy.key: copy for copy in case.findings.filter(key__in=given)}
    in_force = standings()
    made = []
    for key, row in sorted(given.items()):
        copy = known.get(key)
        if copy is None:
            parameters = _parameters(row.detector, in_force.get(row.detector, Standing()))
            made.append(CaseFinding(case=case, key=key, added_at=at, parameters=parameters, **_said(row)))
        elif copy.seen_at < row.seen_at:
            for name, value in _said(row).items():
                setattr(copy, name, value)
            copy.save()
    CaseFinding.objects.bulk_create(made)
    return made


def describe(case: Case, *, at: datetime) -> None:
    """Let a case say what its findings say together. Its term never becomes longer for it."""
    story = Story(case.key, case.story, tuple(as_copied(copy) for copy in case.findings.all()))
    for name, value in told_by(story).items():
        setattr(case, name, value)
    case.due_at = min(case.due_at, due_after(at, severity=case.severity))


def told_by(story: Story) -> dict[str, Any]:
    """Return what a story says of itself, by the columns of a case. What its findings differ in stays empty."""
    telling, severity = story.telling, story.severity
    return {
        "detector": telling.detector,
        "tier": telling.tier.value,
        "family": telling.family.value,
        "severity": severity.total,
        "severity_reasons": [
            {"cause": point.cause.value, "points": point.points, "figure": point.figure} for point in severity.points
        ],
        "partner": _common({finding.partner for finding in story.findings}) or "",
        "service": _common({finding.service for finding in story.findings}) or "",
        "user_key": _common({finding.user for finding in story.findings}),
        "person_key": _common({finding.person for finding in story.findings}),
        "begins": story.begins,
        "ends": story.ends,
    }


def _common(values: set[_Value]) -> _Value | None:
    return next(iter(values)) if len(values) == 1 else None


def _parameters(detector: str, standing: Standing) -> dict[str, float]:
    return DETECTORS[detector].settings(standing.parameters) if detector in DETECTORS else {}


def _said(row: Finding) -> dict[str, Any]:
    """Return what a finding says, by the columns of its copy."""
    same = ("detector", "family", "tier", "period", "begins", "ends", "partner", "service", "series", "tail", "score")
    more = ("facts", "evidence", "exchanges", "persons", "categories", "seen_at")
    return {name: getattr(row, name) for name in same + more} | {"user_key": row.user, "person_key": row.person}
