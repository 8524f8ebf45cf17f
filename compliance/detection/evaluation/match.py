"""Whether a finding tells of something that was planted, or of something that is really so in the world.

A planted story is found when a raised case holds a finding that names one of its exchanges, or its user in its days,
or its person, or, for volumes, its partner and service while it lasts. A case is false when none of its findings tells
of anything planted, nor of trouble that the world itself has: a link that is down, an exchange that has no cover.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from compliance.detection.detectors.finding import Family, Tier
from compliance.detection.evaluation.frames import moment
from compliance.kernel.clock import BRUSSELS
from compliance.simulation.days import days
from compliance.simulation.misuse.label import Kind, Label, Sort, sort_of
from compliance.simulation.outages import Link, incident, link
from compliance.simulation.partners import PARTNERS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from compliance.detection.detectors.finding import Finding
    from compliance.detection.evaluation.pseudonyms import Pseudonyms
    from compliance.simulation.days import Day
    from compliance.simulation.misuse.plan import Misuse

_DAY: Final = timedelta(days=1)
_AFTER: Final = {
    Kind.SHIFT: timedelta(days=2),
    Kind.DRIFT: timedelta(days=2),
}
_HOURS_AFTER: Final = timedelta(hours=2)
_LONGEST: Final = timedelta(days=3)  # what is said of more days does not tell of some hours in them
_ARE_VOLUMES_TOO: Final = frozenset({Kind.GAP, Kind.CEILING, Kind.EXPIRED, Kind.NO_COVER, Kind.FIRST_USE})
# A detector that is of no volume tells of these only, and not of whatever went on at the same time.
_TELLS_OF: Final[Mapping[str, frozenset[Kind]]] = {
    "unanswered": frozenset({Kind.UNANSWERED, Kind.ERRORS}),
    "sequence-gap": frozenset({Kind.GAP}),
    "ceiling-broken": frozenset({Kind.CEILING}),
}


class Truth:
    """What is true of a stretch: its labels by what findings may name."""

    def __init__(self, misuse: Misuse, pseudonyms: Pseudonyms) -> None:
        """Take what was planted."""
        self._world_seed = misuse.world.seed
        self.labels: Mapping[str, Label] = {label.name: label for label in misuse.labels}
        self._by_exchange: dict[str, str] = {}
        self._by_user: dict[int, list[Label]] = defaultdict(list)
        self._by_person: dict[int, list[Label]] = defaultdict(list)
        self._volumes: dict[str, list[Label]] = defaultdict(list)
        for label in misuse.labels:
            if sort_of(label.kind) is Sort.VOLUMES or label.kind in _ARE_VOLUMES_TOO:
                self._volumes[label.partner].append(label)
            for asker in label.askers:
                if asker.user is not None:
                    user = pseudonyms.person(asker.organisation, asker.user.kind, asker.user.value)
                    self._by_user[user].append(label)
            for person in label.persons:
                self._by_person[pseudonyms.national(person)].append(label)

    def add(self, labels: Mapping[str, str]) -> None:
        """Take the labels of a day's exchanges."""
        self._by_exchange.update(labels)

    def planted(self, finding: Finding) -> set[str]:
        """Return the names of the labels that a finding tells of."""
        named = {self._by_exchange[one] for one in finding.evidence if one in self._by_exchange}
        if finding.user is not None:
            named |= {label.name for label in self._by_user[finding.user] if _overlap(finding, label, slack=_DAY)}
        elif finding.person is not None:
            named |= {label.name for label in self._by_person[finding.person] if _overlap(finding, label, slack=_DAY)}
        elif finding.family is Family.VOLUME or finding.detector in _TELLS_OF:
            named |= set(self._of_volume(finding))
        return named

    def is_of_the_world(self, finding: Finding) -> bool:
        """Tell whether a finding is about what is really so, though nobody planted it."""
        if finding.tier is Tier.LAW or finding.family is Family.COVER:
            return True
        if finding.user is not None or finding.person is not None:
            return False
        return any(
            self._is_troubled(partner, day, finding)
            for partner in _partners(finding)
            for day in _days_of(finding.begins - _DAY, finding.ends)
        )

    def _of_volume(self, finding: Finding) -> Iterator[str]:
        for partner in {finding.partner, *_partners(finding)}:
            for label in self._volumes[partner]:
                alike = not finding.service or not label.service or finding.service == label.service
                if sort_of(label.kind) is not Sort.VOLUMES and finding.detector not in _TELLS_OF:
                    alike = finding.service == label.service != ""
                alike &= finding.family is Family.VOLUME or label.kind in _TELLS_OF[finding.detector]
                alike &= finding.ends - finding.begins <= _LONGEST or label.kind in _AFTER
                if alike and _overlap(finding, label, slack=_AFTER.get(label.kind, _HOURS_AFTER)):
                    yield label.name

    def _is_troubled(self, partner: str, day: Day, finding: Finding) -> bool:
        if link(partner, day) is not Link.UP:
            return True
        begin, end = incident(self._world_seed, partner, day)
        return begin < end and (
            moment(day.start + begin) <= finding.ends and finding.begins <= moment(day.start + end) + _HOURS_AFTER
        )


def _partners(finding: Finding) -> tuple[str, ...]:
    """Return the partners that a finding may be about: all of them when it does not say."""
    if finding.partner:
        return (finding.partner,)
    return tuple(profile.partner for profile in PARTNERS)


def _overlap(finding: Finding, label: Label, *, slack: timedelta) -> bool:
    return finding.begins <= moment(label.ends) + slack and moment(label.begins) - slack <= finding.ends


def _days_of(begins: datetime, ends: datetime) -> Iterator[Day]:
    first, last = (one.astimezone(BRUSSELS).date() for one in (begins, ends))
    known = days()
    yield from known[max(0, (first - known[0].date).days) : max(0, (last - known[0].date).days + 1)]
