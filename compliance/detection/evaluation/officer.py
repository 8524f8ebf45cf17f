"""What an officer gets: findings become stories, stories that come over the line become cases, day after day.

Nobody decides here: a case stays, and what belongs to it joins it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import polars as pl

from compliance.detection.detectors.finding import Family
from compliance.detection.triage.line import Budget, draw_line
from compliance.detection.triage.story import Standing, tell_stories

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.window import Window


@dataclass(slots=True)
class Case:
    """A story that came over the line: on which day, and what joined it later, each with the day."""

    key: str
    group: str
    raised: date
    family: Family
    findings: list[tuple[date, Finding]] = field(default_factory=list)


class Officer:
    """Draws the line each day, and keeps the cases."""

    def __init__(self, budget: Budget) -> None:
        """Begin without cases."""
        self._budget = budget
        self.cases: dict[str, Case] = {}
        self.under: list[tuple[date, Finding]] = []

    def day(self, window: Window, findings: Sequence[Finding]) -> list[Case]:
        """Take a day's findings; return the new cases."""
        standing = [
            Standing(
                key=case.key,
                group=case.group,
                begins=min(finding.begins for _, finding in case.findings),
                ends=max(finding.ends for _, finding in case.findings),
            )
            for case in self.cases.values()
        ]
        stories = tell_stories(findings, standing=standing)
        line = draw_line(stories, budget=self._budget, tested=_tested(window), standing=frozenset(self.cases))
        new = []
        for placed in line.over:
            story = placed.story
            if story.key not in self.cases:
                self.cases[story.key] = Case(story.key, story.group, window.day, story.family)
                new.append(self.cases[story.key])
            self.cases[story.key].findings += [(window.day, finding) for finding in story.findings]
        self.under += [(window.day, finding) for placed in line.under for finding in placed.story.findings]
        return new


def _tested(window: Window) -> dict[Family, int]:
    """Return how much was held against a probability: users that looked somebody up, and series with an hour."""
    users = window.look_ups.select("partner", "user").n_unique()
    series = window.counts.select(pl.struct("partner", "service").n_unique()).item()
    return {Family.PEOPLE: users, Family.VOLUME: int(series)}
