"""Every job that the clock starts."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class Job(models.TextChoices):
    """A job by the name of its task, and what it does."""

    FOLLOW = "follow", _("counts what was recorded")
    FOLLOW_USE = "follow_use", _("counts what is used of authorisations")
    SEAL = "seal", _("seals where no sealer has the turn")
    STAMP = "stamp", _("has checkpoints timestamped")
    WRITE_TILES = "write_tiles", _("writes tiles to the second place")
    VERIFY_SLICE = "verify_slice", _("verifies the next part of the ledger")
    DESTROY_EXPIRED = "destroy_expired", _("lets go of what was kept for its term")
    SEND_MAILS = "send_mails", _("mails notices")
    SEND_WEBHOOKS = "send_webhooks", _("tells other systems")
    SEND_DIGESTS = "send_digests", _("tells officers of their day")
    MOVE_REQUESTS = "move_requests", _("moves requests that ended or may go on")
    REMIND = "remind", _("reminds people of terms")
    MAKE_PARTITIONS = "make_partitions", _("makes room for the months to come")
    FOLLOW_DETECTION = "follow_detection", _("marks what detectors must look at")
    DETECT = "detect", _("lets the detectors look at what came in")
    DETECT_AGAIN = "detect_again", _("lets the detectors look at the past month again")
    RAISE_CASES = "raise_cases", _("makes cases of what was found")
    REMIND_OF_BREACHES = "remind_of_breaches", _("reminds of data breaches whose clock runs out")
    SAMPLE = "sample", _("announces and draws samples")
    TRY_CHANGES = "try_changes", _("tries changes of detectors on past days")
    FORGET_RUNS = "forget_runs", _("forgets old runs of jobs")


_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
STAYS_AWAY: Final = {
    Job.FOLLOW: _MINUTE,
    Job.FOLLOW_USE: 3 * _MINUTE,
    Job.SEAL: 3 * _MINUTE,
    Job.STAMP: 3 * _MINUTE,
    Job.WRITE_TILES: 3 * _MINUTE,
    Job.VERIFY_SLICE: 10 * _MINUTE,
    Job.DESTROY_EXPIRED: _DAY + _HOUR,
    Job.SEND_MAILS: 3 * _MINUTE,
    Job.SEND_WEBHOOKS: 3 * _MINUTE,
    Job.SEND_DIGESTS: _HOUR,
    Job.MOVE_REQUESTS: 2 * _HOUR,
    Job.REMIND: 2 * _HOUR,
    Job.MAKE_PARTITIONS: _DAY + _HOUR,
    Job.FOLLOW_DETECTION: 3 * _MINUTE,
    Job.DETECT: 2 * _HOUR,
    Job.DETECT_AGAIN: _DAY + _HOUR,
    Job.RAISE_CASES: 10 * _MINUTE,
    Job.REMIND_OF_BREACHES: _HOUR,
    Job.SAMPLE: 2 * _HOUR,
    Job.TRY_CHANGES: _HOUR,
    Job.FORGET_RUNS: _DAY + _HOUR,
}
"""How long after its last run a job is late."""


class JobEnd(models.TextChoices):
    """How a run ended."""

    DONE = "done", _("done")
    FAILED = "failed", _("failed")


if _untimed := set(Job) - set(STAYS_AWAY):
    message = f"Jobs of which nobody says when they are late: {sorted(_untimed)}"
    raise RuntimeError(message)
