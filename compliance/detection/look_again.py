"""The job: look at every day that is due, a transaction a day, as long as the time lasts; the next run goes on.

Safe to repeat, to kill at any moment, and to start twice: a day is looked at by one at a time, and comes out the same.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Final

import structlog

from compliance.detection.detectors.run import told
from compliance.detection.due import due_days
from compliance.detection.in_force import in_force
from compliance.detection.look import look
from compliance.detection.models import DetectionRun
from compliance.kernel.clock import BRUSSELS, now

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from compliance.detection.look import Looked
    from compliance.detection.vocabulary import RunKind

log_event = structlog.get_logger(__name__)

SECONDS: Final = 15 * 60.0


def look_again(
    *,
    kind: RunKind,
    seconds: float = SECONDS,
    progress: Callable[[Looked], object] | None = None,
) -> DetectionRun:
    """Look at the days that are due; return the run, which says what it did and how many days still wait.

    Today first, for that is where somebody may still be stopped; then the others in their order, since each is held
    against those before it. A day that cannot be looked at is told and passed over until the next run.
    """
    deadline = time.monotonic() + seconds
    at = now()
    today = at.astimezone(BRUSSELS).date()
    run = DetectionRun.objects.create(kind=kind, started_at=at)
    using = in_force()
    passed: set[date] = set()
    while due := [day for day in due_days(at=now()) if day not in passed]:
        day = due[-1] if not (run.days or passed) and due[-1] == today else due[0]
        try:
            looked = look(day, using=using)
        except Exception as error:
            run.error = f"{day}: {told(error)}"[:200]
            log_event.exception("day_not_looked_at", day=str(day), error=told(error))
            passed.add(day)
        else:
            if looked is None:
                break
            _add(run, looked)
            if progress is not None:
                progress(looked)
        if time.monotonic() >= deadline:
            break
    run.waiting = len(due_days(at=now()))
    run.ended_at = now()
    run.save()
    return run


def _add(run: DetectionRun, looked: Looked) -> None:
    run.days += 1
    run.exchanges += looked.exchanges
    run.findings += looked.new
    run.failures = {**run.failures, **looked.failures}
    run.save()
