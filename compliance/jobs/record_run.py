"""Keep that a job ran."""

from __future__ import annotations

from datetime import datetime, timedelta

from compliance.jobs.models import JobRun
from compliance.jobs.vocabulary import Job, JobEnd

QUICK = 1.0
"""Seconds; of runs that were quick and done, one a minute is kept, since some jobs run every second."""
_EVERY = timedelta(minutes=1)
_kept: dict[Job, datetime] = {}


def record_run(*, job: Job, started_at: datetime, seconds: float, error: BaseException | None = None) -> JobRun | None:
    """Keep a run, in a transaction of its own; ``None`` when a quick one was kept less than a minute before."""
    last = _kept.get(job)
    if error is None and seconds < QUICK and last is not None and timedelta() <= started_at - last < _EVERY:
        return None
    made = JobRun.objects.create(
        job=job,
        started_at=started_at,
        seconds=seconds,
        end=JobEnd.DONE if error is None else JobEnd.FAILED,
        error="" if error is None else type(error).__name__,
    )
    _kept[job] = started_at
    return made
