"""How grave a story is: the number and the sensitivity of persons and categories, and how sure it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from math import log10
from typing import TYPE_CHECKING, Final, NamedTuple

from compliance.detection.detectors.finding import Tier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.detection.detectors.finding import Finding

MOST: Final = 100
_BASE: Final = {Tier.LAW: 30, Tier.PATTERN: 35, Tier.STATISTIC: 20, Tier.PEER: 15, Tier.SAMPLE: 5}
_UNLIKELY, _PERSONS, _AGREEING, _SENSITIVE, _SURE = 15, 20, 10, 15, 10


class Cause(StrEnum):
    """Why a story is as grave as it is."""

    TIER = "tier"
    UNLIKELY = "unlikely"
    SURE = "sure"
    PERSONS = "persons"
    SENSITIVE = "sensitive"
    AGREEING = "agreeing"


class Point(NamedTuple):
    """Points, why, and the figure that they follow from."""

    cause: Cause
    points: int
    figure: float


@dataclass(frozen=True, slots=True)
class Severity:
    """From 0 to 100, with the reasons; the greatest first."""

    points: tuple[Point, ...]

    @property
    def total(self) -> int:
        """All points, at most a hundred."""
        return min(MOST, sum(point.points for point in self.points))


def severity_of(findings: Sequence[Finding]) -> Severity:
    """Return how grave findings of one story are. Adding a finding never makes it less."""
    tier = min(finding.tier for finding in findings)
    persons = max(finding.persons for finding in findings)
    sensitive = max(len(finding.categories) for finding in findings)
    kinds = len({finding.detector for finding in findings})
    unlikely = -log10(max(min((one.tail for one in findings if one.tail is not None), default=1.0), 1e-15))
    sure = max(finding.score for finding in findings)
    given = (
        Point(Cause.TIER, max(_BASE[finding.tier] for finding in findings), float(tier)),
        Point(Cause.UNLIKELY, round(min(_UNLIKELY, unlikely)), unlikely),
        Point(Cause.SURE, round(_SURE * sure), sure),
        Point(Cause.PERSONS, round(min(_PERSONS, 5 * log10(1 + persons))), float(persons)),
        Point(Cause.SENSITIVE, min(_SENSITIVE, 5 * sensitive), float(sensitive)),
        Point(Cause.AGREEING, min(_AGREEING, 4 * (kinds - 1)), float(kinds)),
    )
    return Severity(tuple(sorted((point for point in given if point.points), key=lambda one: -one.points)))
