"""The page of jobs: what runs, what is late, what failed."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from compliance.jobs import record_run as recording
from compliance.jobs.record_run import record_run
from compliance.jobs.vocabulary import Job
from compliance.kernel.clock import now

if TYPE_CHECKING:
    from tests.console.conftest import ClientOf


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recording, "_kept", {})


def test_what_failed_stands_first_by_its_kind(cast: object, client_of: ClientOf) -> None:
    record_run(job=Job.REMIND, started_at=now(), seconds=61.25, error=TimeoutError())
    record_run(job=Job.FOLLOW, started_at=now(), seconds=0.25)
    body = client_of("operator").get("/jobs/").content.decode()
    assert "failed: TimeoutError" in body
    assert "61.2 s" in body or "61.3 s" in body
    assert body.index("Reminds people of terms") < body.index("Counts what was recorded")


def test_when_all_ran_the_page_says_so(cast: object, client_of: ClientOf) -> None:
    for job in Job:
        record_run(job=job, started_at=now() - timedelta(seconds=5), seconds=0.1)
    assert "Every job runs when it should." in client_of("officer").get("/jobs/").content.decode()


def test_a_queue_that_is_gone_is_told(cast: object, client_of: ClientOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings, "CELERY_BROKER_URL", "redis://127.0.0.1:1/0")
    answer = client_of("operator").get("/jobs/")
    assert answer.status_code == 200
    assert "The queue cannot be reached." in answer.content.decode()
