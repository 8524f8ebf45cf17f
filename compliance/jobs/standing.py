"""How each job does: its last run, how long it takes, what failed, and whether it is late."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

from compliance.jobs.vocabulary import STAYS_AWAY, Job, JobEnd
from compliance.kernel.clock import now

RECENT = timedelta(days=1)
_RUNS = """
    SELECT job, max(started_at + seconds * interval '1 second'),
           percentile_disc(0.5) WITHIN GROUP (ORDER BY seconds),
           max(seconds),
           count(*) FILTER (WHERE "end" = %(failed)s),
           (array_agg(error ORDER BY started_at DESC))[1]
      FROM compliance_jobrun WHERE started_at >= %(since)s GROUP BY job
"""
_FIRST = "SELECT min(started_at) FROM compliance_jobrun"
_LAST = "SELECT job, max(started_at + seconds * interval '1 second') FROM compliance_jobrun GROUP BY job"


@dataclass(frozen=True, slots=True)
class JobStanding:
    """A job. Seconds and failures are of the last day; ``error`` is that of the last run, empty when it was done."""

    job: Job
    last_ended: datetime | None
    typical: float | None
    longest: float | None
    failures: int
    error: str
    is_late: bool


def job_standings() -> tuple[JobStanding, ...]:
    """Return every job, those that need attention first; three queries.

    One that never ran is late once others have run for as long as it may stay away.
    """
    at = now()
    with connection.cursor() as cursor:
        cursor.execute(_RUNS, {"failed": JobEnd.FAILED.value, "since": at - RECENT})
        recent = {row[0]: row[1:] for row in cursor.fetchall()}
        cursor.execute(_LAST)
        last = dict(cursor.fetchall())
        cursor.execute(_FIRST)
        (first,) = cursor.fetchone()
    standings = []
    for job in Job:
        _ended, typical, longest, failures, error = recent.get(job, (None, None, None, 0, ""))
        ended = last.get(job)
        late = at - (ended or first or at) > STAYS_AWAY[job]
        standings.append(JobStanding(job, ended, typical, longest, failures, error, late))
    return tuple(sorted(standings, key=lambda one: (not one.error, not one.is_late, not one.failures)))
