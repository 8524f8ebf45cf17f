"""Try a change on past days: what would have come out that did not, and what would have been missed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import structlog
from django.db import connection

from compliance.detection.detectors.history import History
from compliance.detection.detectors.run import detect, told
from compliance.detection.in_force import InForce
from compliance.detection.look import see
from compliance.detection.reading.baseline import read_all_dossiers
from compliance.detection.reading.day import read_day
from compliance.detection.reading.register import read_register
from compliance.detection.tuning.models import DetectorChange
from compliance.detection.tuning.standing import Standing, standing_of
from compliance.detection.tuning.values import detector_of
from compliance.detection.tuning.vocabulary import ChangeState
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from compliance.detection.detectors.detector import Detector
    from compliance.detection.detectors.finding import Finding
    from compliance.detection.detectors.run import Detected

log_event = structlog.get_logger(__name__)

EXAMPLES: Final = 5


@dataclass
class Difference:
    """What came out of the same days both ways, by the key of the finding."""

    before: dict[str, Finding] = field(default_factory=dict)
    after: dict[str, Finding] = field(default_factory=dict)
    exchanges: int = 0

    @property
    def missed(self) -> list[str]:
        """The keys of what came out before only, the most telling first."""
        return _telling(self.before, self.before.keys() - self.after.keys())

    @property
    def added(self) -> list[str]:
        """The keys of what comes out after only, the most telling first."""
        return _telling(self.after, self.after.keys() - self.before.keys())


class TrialFailedError(Exception):
    """A detector raised: ``args`` say which error and where, without a value."""


def try_waiting() -> DetectorChange | None:
    """Try the change that waits longest; ``None`` when none waits, or another process is at it.

    A trial writes nothing until it is done: one that is killed is tried again.
    """
    change = DetectorChange.objects.filter(state=ChangeState.WAITING).order_by("id").first()
    if change is None or not _take_turn():
        return None
    try:
        found = compare(change)
    except Exception as error:
        failure = str(error) if isinstance(error, TrialFailedError) else told(error)
        change.state, change.failure = ChangeState.FAILED, failure[:200]
        log_event.exception("trial_failed", detector=change.detector, error=change.failure)
    else:
        change.state, change.exchanges = ChangeState.TRIED, found.exchanges
        change.kept, change.added = len(found.before.keys() & found.after.keys()), len(found.added)
        change.missed = found.missed
        change.examples = [_example("missed", found.before[key]) for key in found.missed[:EXAMPLES]]
        change.examples += [_example("added", found.after[key]) for key in found.added[:EXAMPLES]]
        change.tried_at = now()
    finally:
        _leave_turn()
    change.save()
    return change


def compare(change: DetectorChange, *, progress: Callable[[date], object] | None = None) -> Difference:
    """Look at the days of a change with what is in force and with what is proposed.

    What was known before the first day is read from the days before it, as many as are remembered.
    """
    if change.tried_since is None or change.tried_until is None:
        message = "the change has no days"
        raise ValueError(message)
    detector = detector_of(change.detector)
    ways = (standing_of(change.detector), Standing(change.enabled, change.parameters))
    at, found = now(), Difference()
    register = replace(read_register(change.tried_since), dossiers=read_all_dossiers())
    past = History(register)
    day = change.tried_since - timedelta(days=register.days_kept)
    while day <= change.tried_until:
        _look(day, past, detector=detector, ways=ways, found=found, at=at, counts=day >= change.tried_since)
        if progress is not None:
            progress(day)
        day += timedelta(days=1)
    return found


def _look(
    day: date,
    past: History,
    *,
    detector: Detector,
    ways: tuple[Standing, Standing],
    found: Difference,
    at: datetime,
    counts: bool,
) -> None:
    read = read_day(day)
    baseline = past.baseline(day)
    before, after = ways
    window, seen = see(read, baseline, until=at, using=_using(detector, before) if counts else InForce({}))
    if counts:
        using = _using(detector, after)
        _add(found.before, seen)
        _add(found.after, detect(window, baseline, using.settings, detectors=using.detectors))
        found.exchanges += read.traffic.exchanges
    past.take(window)


def _using(detector: Detector, standing: Standing) -> InForce:
    return InForce({detector.id: detector} if standing.enabled else {}, {detector.id: standing.parameters})


def _add(found: dict[str, Finding], seen: Detected) -> None:
    for failure in seen.failures.values():
        raise TrialFailedError(failure)
    found |= {one.key: one for one in seen.findings}


def _telling(found: Mapping[str, Finding], keys: set[str]) -> list[str]:
    return sorted(keys, key=lambda key: (-found[key].score, key))


def _example(kind: str, finding: Finding) -> dict[str, Any]:
    return {
        "kind": kind,
        "facts": dict(finding.facts),
        "partner": finding.partner,
        "begins": finding.begins.isoformat(),
        "exchanges": finding.exchanges,
    }


_TURN = "hashtextextended('detector-trial', 0)"


def _take_turn() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_try_advisory_lock({_TURN})")
        return bool(cursor.fetchone()[0])


def _leave_turn() -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT pg_advisory_unlock({_TURN})")
