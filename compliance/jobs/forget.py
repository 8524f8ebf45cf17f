"""Forget runs of long ago: they serve to see what is wrong now."""

from __future__ import annotations

from datetime import timedelta

from compliance.jobs.models import JobRun
from compliance.kernel.clock import now

KEPT = timedelta(days=14)


def forget_old_runs() -> int:
    """Delete runs of more than two weeks ago; return how many."""
    return JobRun.objects.filter(started_at__lt=now() - KEPT).delete()[0]
