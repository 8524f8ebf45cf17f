"""Findings as rows: one sentence each, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.cases.models import CaseFinding
from compliance.console.presenters.badge import Badge, Tone
from compliance.console.presenters.cases.findings import chance_words, period_words
from compliance.console.presenters.cases.words import FAMILY_WORDS, tell
from compliance.detection.detectors.finding import Family
from compliance.detection.vocabulary import FindingState

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.console.cases.finding_list import FindingFilter, FindingPage
    from compliance.console.door import Door
    from compliance.console.presenters.names import Names

TONES: Mapping[FindingState, Tone] = {
    FindingState.FOUND: "open",
    FindingState.RAISED: "care",
    FindingState.BELOW: "calm",
    FindingState.SUPPRESSED: "good",
    FindingState.GONE: "calm",
}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding."""

    sentence: str
    detector: str
    family: str
    partner: str
    period: str
    chance: str
    state: Badge
    case: str
    case_address: str


@dataclass(frozen=True, slots=True)
class FindingList:
    """What the template needs."""

    rows: tuple[FindingRow, ...]
    newer: str
    older: str


def present_finding_list(page: FindingPage, narrowed: FindingFilter, *, names: Names, door: Door) -> FindingList:
    """Put findings into words; one query for the cases that hold them."""
    keys = [one.key for one in page.findings]
    cases = dict(CaseFinding.objects.filter(key__in=keys).values_list("key", "case__code"))

    def address(number: int) -> str:
        return door.address("findings", query={**narrowed.query, "page": str(number)})

    return FindingList(
        rows=tuple(
            FindingRow(
                sentence=tell(one.detector, one.facts, partner=one.partner, service=one.service, names=names),
                detector=one.detector,
                family=str(FAMILY_WORDS[Family(one.family)]),
                partner=names.organisation(one.partner),
                period=period_words(one),
                chance=chance_words(one.tail),
                state=Badge(str(FindingState(one.state).label), TONES.get(FindingState(one.state), "calm")),
                case=cases.get(one.key, ""),
                case_address=door.address("case", cases[one.key]) if one.key in cases else "",
            )
            for one in page.findings
        ),
        newer=address(page.page - 1) if page.page else "",
        older=address(page.page + 1) if page.more else "",
    )
