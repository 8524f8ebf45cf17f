"""Watch jobs run: Celery's signals before and after each."""

from __future__ import annotations

from time import monotonic
from typing import TYPE_CHECKING, Any

from celery.signals import task_postrun, task_prerun

from compliance.jobs.record_run import record_run
from compliance.jobs.vocabulary import Job
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from datetime import datetime

    from celery import Task

_begun: dict[str, tuple[datetime, float]] = {}


def watch() -> None:
    """Keep every run from now on; asked again, it changes nothing."""
    task_prerun.connect(_begin, dispatch_uid="compliance.jobs.begin")
    task_postrun.connect(_end, dispatch_uid="compliance.jobs.end")


def _begin(*, task_id: str, **_told: Any) -> None:
    _begun[task_id] = (now(), monotonic())


def _end(*, task_id: str, task: Task[Any, Any], retval: object, **_told: Any) -> None:
    name = task.name.rpartition(".")[2]
    began = _begun.pop(task_id, None)
    if began is None or name not in Job.values:
        return
    started_at, since = began
    error = retval if isinstance(retval, BaseException) else None
    record_run(job=Job(name), started_at=started_at, seconds=monotonic() - since, error=error)
