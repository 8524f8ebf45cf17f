"""Jobs that Celery runs. A job loads, calls, is done."""

from __future__ import annotations

from celery import shared_task

from compliance import pipeline
from compliance.authorisations.ends import tell_of_ends
from compliance.authorisations.requests.expire import expire_ended
from compliance.authorisations.requests.remind import remind_of_terms
from compliance.authorisations.requests.resume_lifted import resume_lifted
from compliance.cases.breaches.remind import remind_of_clocks
from compliance.cases.digest import send_digests as digests
from compliance.cases.questions.remind import remind_of_questions
from compliance.cases.samples.announce import announce_due
from compliance.cases.samples.draw import draw_due
from compliance.detection.tuning.trial import try_waiting
from compliance.jobs.forget import forget_old_runs
from compliance.jobs.watch import watch
from compliance.kernel.actor import system
from compliance.kernel.clock import now
from compliance.ledger.keep_sealing import seal_once, stamp_all, write_all_tiles
from compliance.ledger.months import make_ahead
from compliance.notices import send_mails as outbox
from compliance.notices.tell_of_keys import tell_of_keys
from compliance.notices.webhooks import send as webhooks
from compliance.reporting.verification import verify_slice as verification
from compliance.retention import destroy_expired as retention

watch()


@shared_task(name="compliance.tasks.follow")
def follow() -> None:
    """Let statistics catch up."""
    pipeline.follow()


@shared_task(name="compliance.tasks.follow_use")
def follow_use() -> None:
    """Let the use of authorisations catch up."""
    pipeline.follow_use()


@shared_task(name="compliance.tasks.follow_detection")
def follow_detection() -> None:
    """Mark what detectors must look at."""
    pipeline.follow_detection()


@shared_task(name="compliance.tasks.detect")
def detect() -> None:
    """Let the detectors look at what is due."""
    pipeline.detect()


@shared_task(name="compliance.tasks.detect_again")
def detect_again() -> None:
    """Explain look-ups again, and look at them."""
    pipeline.detect_again()


@shared_task(name="compliance.tasks.try_changes")
def try_changes() -> None:
    """Try a change of a detector on past days."""
    try_waiting()


@shared_task(name="compliance.tasks.make_partitions")
def make_partitions() -> None:
    """Make the months to come."""
    make_ahead()


@shared_task(name="compliance.tasks.forget_runs")
def forget_runs() -> None:
    """Forget old runs of jobs."""
    forget_old_runs()


@shared_task(name="compliance.tasks.seal")
def seal() -> None:
    """Seal and publish where no sealer has the turn."""
    seal_once()


@shared_task(name="compliance.tasks.stamp")
def stamp() -> None:
    """Have checkpoints timestamped that are due."""
    stamp_all()


@shared_task(name="compliance.tasks.write_tiles")
def write_tiles() -> None:
    """Write to the tile store what it lacks."""
    write_all_tiles()


@shared_task(name="compliance.tasks.verify_slice")
def verify_slice() -> None:
    """Verify the next part of the ledger."""
    verification.verify_slice()


@shared_task(name="compliance.tasks.destroy_expired")
def destroy_expired() -> None:
    """Let go of what has been kept for its term."""
    retention.destroy_expired()


@shared_task(name="compliance.tasks.send_mails")
def send_mails() -> None:
    """Mail the notices that are due."""
    outbox.send_mails()


@shared_task(name="compliance.tasks.send_webhooks")
def send_webhooks() -> None:
    """Tell other systems what is due, and forget what they took long ago."""
    webhooks.send_webhooks()
    webhooks.forget_delivered(at=now())


@shared_task(name="compliance.tasks.send_digests")
def send_digests() -> None:
    """Tell each officer once a day what there is to do."""
    digests.send_digests(at=now())


@shared_task(name="compliance.tasks.move_requests")
def move_requests() -> None:
    """Let requests follow what ended, and what may be used again."""
    at = now()
    expire_ended(at=at)
    resume_lifted(at=at)


@shared_task(name="compliance.tasks.remind")
def remind() -> None:
    """Remind people of terms and questions, and of authorisations and keys that end."""
    at = now()
    remind_of_terms(at=at)
    remind_of_questions(at=at)
    tell_of_ends(at=at)
    tell_of_keys(at=at)


@shared_task(name="compliance.tasks.sample")
def sample() -> None:
    """Announce the sample of this month, and draw those whose day has come."""
    announce_due(actor=system("sampling"))
    draw_due(actor=system("sampling"))


@shared_task(name="compliance.tasks.raise_cases")
def raise_cases() -> None:
    """Make cases of what was found."""
    pipeline.raise_cases()


@shared_task(name="compliance.tasks.remind_of_breaches")
def remind_of_breaches() -> None:
    """Remind of data breaches whose clock runs out."""
    remind_of_clocks(at=now())
