"""A run is kept by whatever way it ends."""

from __future__ import annotations

import pytest

from compliance import pipeline, tasks
from compliance.jobs import record_run as recording
from compliance.jobs.models import JobRun
from compliance.jobs.vocabulary import Job, JobEnd

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "_kept", {})


def test_a_run_that_is_done_is_kept() -> None:
    tasks.forget_runs.apply()
    assert JobRun.objects.get().job == Job.FORGET_RUNS


def test_a_run_that_raises_is_kept_as_failed(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(pipeline, "follow", fail)
    tasks.follow.apply()
    run = JobRun.objects.get()
    assert (run.job, run.end, run.error) == (Job.FOLLOW, JobEnd.FAILED, "ZeroDivisionError")
