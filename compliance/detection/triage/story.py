"""Which findings tell one story, so that they make one case."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from compliance.detection.detectors.finding import Family, Finding, Tier
from compliance.detection.triage.severity import Severity, severity_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import datetime

_PATIENCE = {"user": timedelta(days=7), "person": timedelta(days=7), "outage": timedelta(days=2)}
_RULE = timedelta(days=31)


class Standing(NamedTuple):
    """A story that is a case already and is not decided: what belongs to it joins it."""

    key: str
    group: str
    begins: datetime
    ends: datetime


@dataclass(frozen=True)
class Story:
    """What makes one case. ``group`` says who or what it is about; ``key`` also which time."""

    key: str
    group: str
    findings: tuple[Finding, ...]

    @property
    def begins(self) -> datetime:
        """When the first finding begins."""
        return min(finding.begins for finding in self.findings)

    @property
    def ends(self) -> datetime:
        """When the last finding ends."""
        return max(finding.ends for finding in self.findings)

    @cached_property
    def telling(self) -> Finding:
        """The finding that says most: by tier, then by how unlikely, then by score."""
        return min(self.findings, key=_rank)

    @property
    def tier(self) -> Tier:
        """The first tier that a finding of it is of."""
        return self.telling.tier

    @property
    def family(self) -> Family:
        """Whose share of the budget it takes."""
        return self.telling.family

    @cached_property
    def severity(self) -> Severity:
        """How grave it is."""
        return severity_of(self.findings)


def group_of(finding: Finding) -> str:
    """Return who or what a finding is about, by which findings come together."""
    match finding:
        case Finding(family=Family.COVER) | Finding(tier=Tier.LAW, user=None):
            return f"rule:{finding.partner}:{finding.detector}"
        case Finding(user=int(user)):
            return f"user:{finding.partner}:{user}"
        case Finding(person=int(person)):
            return f"person:{person}"
    return f"outage:{finding.partner}"


def tell_stories(findings: Iterable[Finding], *, standing: Sequence[Standing] = ()) -> list[Story]:
    """Put findings together, in the order of their begin. What belongs to a standing story takes its key."""
    grouped: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        grouped[group_of(finding)].append(finding)
    known: dict[str, list[Standing]] = defaultdict(list)
    for one in standing:
        known[one.group].append(one)
    stories = [story for group in grouped for story in _of_group(group, grouped[group], known[group])]
    return sorted(stories, key=lambda story: (story.begins, story.key))


def _of_group(group: str, findings: list[Finding], standing: list[Standing]) -> Iterator[Story]:
    """Yield the stories of a group: a pause longer than its patience begins another."""
    patience = _PATIENCE.get(group.partition(":")[0], _RULE)
    together: dict[str, list[Finding]] = defaultdict(list)
    spans = {one.key: (one.begins, one.ends) for one in standing}
    for finding in sorted(findings, key=lambda one: (one.begins, one.key)):
        near = [
            key
            for key, (begins, ends) in spans.items()
            if begins - patience <= finding.ends and finding.begins <= ends + patience
        ]
        key = min(near, key=lambda one: (spans[one][0], one), default=f"{group}:{finding.begins:%Y-%m-%d}")
        begins, ends = spans.get(key, (finding.begins, finding.ends))
        spans[key] = (min(begins, finding.begins), max(ends, finding.ends))
        together[key].append(finding)
    for key, members in together.items():
        yield Story(key, group, tuple(members))


def _rank(finding: Finding) -> tuple[int, float, float, str]:
    return (finding.tier, 1.0 if finding.tail is None else finding.tail, -finding.score, finding.key)
