"""What runs in the background is seen to run."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.conf import settings

from compliance.jobs import record_run as recording
from compliance.jobs.forget import forget_old_runs
from compliance.jobs.models import JobRun
from compliance.jobs.queues import QUEUES, waiting_jobs
from compliance.jobs.record_run import record_run
from compliance.jobs.standing import JobStanding, job_standings
from compliance.jobs.vocabulary import STAYS_AWAY, Job
from compliance.kernel.clock import now
from kbi_audit.celery import app

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "_kept", {})


def _standing(job: Job) -> JobStanding:
    return next(one for one in job_standings() if one.job is job)


def test_every_job_of_the_clock_is_known_and_late_only_after_it_should_have_run_again() -> None:
    assert set(app.conf.beat_schedule) == set(Job)
    assert {queue.name for queue in app.conf.task_queues} == set(QUEUES)
    for name, entry in app.conf.beat_schedule.items():
        assert entry["task"] == f"compliance.tasks.{name}"
        if isinstance(entry["schedule"], float):
            assert STAYS_AWAY[Job(name)].total_seconds() >= 3 * entry["schedule"]


def test_a_job_that_never_ran_is_late_once_others_have_run_for_long_enough() -> None:
    assert not _standing(Job.FOLLOW).is_late
    record_run(job=Job.REMIND, started_at=now() - timedelta(minutes=5), seconds=2.0)
    assert _standing(Job.FOLLOW).is_late
    assert not _standing(Job.MAKE_PARTITIONS).is_late


def test_a_job_that_ran_just_now_is_not_and_one_that_stays_away_is() -> None:
    record_run(job=Job.FOLLOW, started_at=now(), seconds=0.2)
    record_run(job=Job.REMIND, started_at=now() - timedelta(hours=3), seconds=2.0)
    assert not _standing(Job.FOLLOW).is_late
    assert _standing(Job.REMIND).is_late


def test_a_failure_stands_first_with_its_kind_and_without_its_words() -> None:
    record_run(job=Job.FOLLOW, started_at=now(), seconds=0.2)
    record_run(job=Job.REMIND, started_at=now(), seconds=0.2, error=ValueError("46419900128"))
    first = job_standings()[0]
    assert (first.job, first.error, first.failures) == (Job.REMIND, "ValueError", 1)
    assert "46419900128" not in str(list(JobRun.objects.values()))


def test_a_failure_that_is_over_is_still_counted_for_a_day() -> None:
    at = now()
    record_run(job=Job.REMIND, started_at=at - timedelta(minutes=5), seconds=0.2, error=ValueError())
    record_run(job=Job.REMIND, started_at=at, seconds=0.2)
    assert (_standing(Job.REMIND).error, _standing(Job.REMIND).failures) == ("", 1)


def test_of_a_job_that_runs_every_second_one_quick_run_a_minute_is_kept() -> None:
    at = now()
    for second in range(120):
        record_run(job=Job.SEAL, started_at=at + timedelta(seconds=second), seconds=0.01)
    record_run(job=Job.SEAL, started_at=at + timedelta(seconds=121), seconds=3.0)
    assert JobRun.objects.count() == 3


def test_runs_are_forgotten_after_two_weeks() -> None:
    record_run(job=Job.FOLLOW, started_at=now() - timedelta(days=15), seconds=0.2)
    record_run(job=Job.REMIND, started_at=now(), seconds=0.2)
    assert forget_old_runs() == 1
    assert JobRun.objects.get().job == Job.REMIND


def test_what_waits_is_counted_and_a_queue_that_is_gone_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    with app.connection_for_write() as connection:
        app.send_task("compliance.tasks.follow", connection=connection, queue="followers")
    assert waiting_jobs() == {"default": 0, "followers": 1, "sealing": 0, "detection": 0}
    app.control.purge()
    monkeypatch.setattr(settings, "CELERY_BROKER_URL", "redis://127.0.0.1:1/0")
    assert waiting_jobs() is None
