"""Jobs that Celery runs. A job loads, calls, is done."""

from __future__ import annotations

from celery import shared_task

from compliance import pipeline
from compliance.ledger.months import make_ahead


@shared_task(name="compliance.tasks.follow")
def follow() -> None:
    """Let the followers catch up."""
    pipeline.follow()


@shared_task(name="compliance.tasks.make_partitions")
def make_partitions() -> None:
    """Make the months to come."""
    make_ahead()
