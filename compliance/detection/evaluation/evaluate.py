"""Evaluate detection on a stretch of the simulated year: what is found, how soon, and for how many cases."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import polars as pl

from compliance.detection.detectors.finding import Family
from compliance.detection.detectors.run import detect
from compliance.detection.evaluation.baselines import moving_average, x_road_metrics
from compliance.detection.evaluation.frames import moment
from compliance.detection.evaluation.hourly import first_seen
from compliance.detection.evaluation.match import Truth
from compliance.detection.evaluation.officer import Officer
from compliance.detection.evaluation.year import Year
from compliance.kernel.clock import BRUSSELS
from compliance.simulation.days import days
from compliance.simulation.misuse.label import Kind, Label, Level, Sort, sort_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import date

    from compliance.detection.detectors.finding import Finding
    from compliance.detection.evaluation.baselines import Alarm
    from compliance.detection.evaluation.officer import Case
    from compliance.detection.evaluation.year import Seen, Stretch
    from compliance.detection.triage.line import Budget

_HOURS_AFTER: Final = timedelta(hours=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What became of a planted story: the first finding about it over the line, or else under it.

    ``working_days`` and ``hours`` say how long after it was ripe; none where it was not raised.
    """

    label: Label
    raised: bool
    seen: bool
    working_days: int | None = None
    hours: float | None = None
    detectors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """How a baseline does: alarms a day, what of the planted volumes it finds, and partner's days without trouble."""

    alarms_a_day: float
    found: float
    false_cases_a_day: float


@dataclass(slots=True, kw_only=True)
class Evaluation:
    """The outcome for one share of missing dossiers."""

    stretch: Stretch
    found: list[Found]
    days: int
    cases: int
    planted_cases: int
    world_cases: int
    false_cases: int
    false_volume_cases: int
    false_by: Counter[str]
    volume_cases: int
    failures: Counter[str]
    rules: dict[str, Rule] = field(default_factory=dict)
    seconds: float = 0.0

    @property
    def precision(self) -> float:
        """Return the part of the cases that tell of something planted, or that is really so."""
        return (self.planted_cases + self.world_cases) / self.cases if self.cases else 1.0

    @property
    def precision_of_planted(self) -> float:
        """Return the same, where what is really so in the world is left out of the count."""
        judged = self.planted_cases + self.false_cases
        return self.planted_cases / judged if judged else 1.0


def evaluate(stretch: Stretch, *, budget: Budget, progress: Callable[[], None] = lambda: None) -> Evaluation:
    """Go through a stretch, and hold what the officer gets against what was planted."""
    begun = datetime.now().astimezone()
    year = Year(stretch)
    truth, officer = Truth(year.misuse, year.pseudonyms), Officer(budget)
    failures: Counter[str] = Counter()
    counts: list[pl.DataFrame] = []
    soonest: dict[str, datetime] = {}
    for seen in year.days():
        truth.add(seen.labels)
        detected = detect(seen.window, seen.baseline)
        failures.update(detected.failures.values())
        officer.day(seen.window, detected.findings)
        soonest |= first_seen(seen, truth)
        _keep_counts(counts, seen)
        progress()
    evaluation = _evaluated(stretch, truth, officer, failures, soonest=soonest)
    evaluation.rules = _rules(pl.concat(counts), truth, stretch)
    evaluation.seconds = (datetime.now().astimezone() - begun).total_seconds()
    return evaluation


def _keep_counts(counts: list[pl.DataFrame], seen: Seen) -> None:
    if not counts and seen.baseline.counts is not None:
        counts.append(seen.baseline.counts)
    counts.append(seen.window.counts)


def _evaluated(
    stretch: Stretch, truth: Truth, officer: Officer, failures: Counter[str], *, soonest: Mapping[str, datetime]
) -> Evaluation:
    first_raised: dict[str, tuple[date, Finding]] = {}
    detectors: dict[str, set[str]] = {}
    planted, world, false = [], [], []
    for case in officer.cases.values():
        told: set[str] = set()
        for on, finding in case.findings:
            for name in truth.planted(finding):
                told.add(name)
                detectors.setdefault(name, set()).add(finding.detector)
                before = first_raised.get(name)
                if before is None or (on, finding.ends) < (before[0], before[1].ends):
                    first_raised[name] = (on, finding)
        if told:
            planted.append(case)
        elif any(truth.is_of_the_world(finding) for _, finding in case.findings):
            world.append(case)
        else:
            false.append(case)
    under = {name for _, finding in officer.under for name in truth.planted(finding)}
    return Evaluation(
        stretch=stretch,
        found=[
            _found(
                label,
                first_raised.get(name),
                seen=name in under,
                detectors=detectors.get(name, set()),
                soonest=soonest.get(name),
            )
            for name, label in truth.labels.items()
        ],
        days=stretch.last - stretch.first,
        cases=len(officer.cases),
        planted_cases=len(planted),
        world_cases=len(world),
        false_cases=len(false),
        false_volume_cases=sum(_is_of_volume(case) for case in false),
        false_by=Counter(finding.detector for case in false for _, finding in case.findings[:1]),
        volume_cases=sum(_is_of_volume(case) for case in officer.cases.values()),
        failures=failures,
    )


def _found(
    label: Label,
    first: tuple[date, Finding] | None,
    *,
    seen: bool,
    detectors: set[str],
    soonest: datetime | None,
) -> Found:
    if first is None:
        return Found(label=label, raised=False, seen=seen)
    on, finding = first
    ripe = moment(label.ripe)
    return Found(
        label=label,
        raised=True,
        seen=True,
        working_days=_working_days(ripe.astimezone(BRUSSELS).date(), on),
        hours=((soonest or max(finding.ends, ripe)) - ripe).total_seconds() / 3_600,
        detectors=tuple(sorted(detectors)),
    )


def _working_days(since: date, until: date) -> int:
    """Return how many working days lie between; what was found on the day itself waits for the next morning: 1."""
    return 1 + sum(since < day.date <= until for day in days() if day.works)


def _is_of_volume(case: Case) -> bool:
    return case.family is Family.VOLUME or (case.family is Family.DELIVERY and case.group.startswith("outage:"))


def _rules(counts: pl.DataFrame, truth: Truth, stretch: Stretch) -> dict[str, Rule]:
    """Hold the simple rules against the same hours; only what they say of the stretch counts."""
    begins = moment(days()[stretch.first].start)
    found = {"x-road-metrics": x_road_metrics(counts), "ewma": moving_average(counts)}
    return {name: _rule([one for one in alarms if one.at >= begins], truth, stretch) for name, alarms in found.items()}


def _rule(alarms: list[Alarm], truth: Truth, stretch: Stretch) -> Rule:
    labels = [label for label in truth.labels.values() if sort_of(label.kind) is Sort.VOLUMES]
    hit = sum(any(_tells(alarm, label) for alarm in alarms) for label in labels)
    partner_days = {(alarm.partner, alarm.at.date()) for alarm in alarms}
    true_days = {(alarm.partner, alarm.at.date()) for alarm in alarms if any(_tells(alarm, one) for one in labels)}
    number = stretch.last - stretch.first
    return Rule(
        alarms_a_day=len(alarms) / number,
        found=hit / len(labels) if labels else 0.0,
        false_cases_a_day=len(partner_days - true_days) / number,
    )


def _tells(alarm: Alarm, label: Label) -> bool:
    return (
        alarm.partner == label.partner
        and label.service in ("", alarm.service)
        and moment(label.begins) - _HOURS_AFTER / 2 <= alarm.at <= moment(label.ends) + _HOURS_AFTER
    )


def recall(found: Iterable[Found], *, kind: Kind | None = None, level: Level | None = None) -> float | None:
    """Return the part of the planted stories that was raised; nothing where none was planted."""
    asked = [
        one for one in found if (kind is None or one.label.kind is kind) and (level is None or one.label.level is level)
    ]
    return sum(one.raised for one in asked) / len(asked) if asked else None


def by_kind(found: Sequence[Found]) -> Mapping[Kind, list[Found]]:
    """Return what became of the stories of each kind, in the order of the kinds."""
    grouped: dict[Kind, list[Found]] = {}
    for kind in Kind:
        own = [one for one in found if one.label.kind is kind]
        if own:
            grouped[kind] = own
    return grouped
