"""What the last verification of a log found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import F, Q

from compliance.ledger.verify.findings import Failure
from compliance.reporting.verification.models import VerificationRun

if TYPE_CHECKING:
    from datetime import datetime

_FINISHED = Q(ended_at__isnull=False)


@dataclass(frozen=True, slots=True)
class Verification:
    """A verification of the leaves from ``first`` up to ``end`` of a log of ``size`` leaves.

    ``ended_at`` is ``None`` while it is at work. ``remarks`` fail nothing: what is odd, and what could not be
    looked at, a witness that did not answer for example.
    """

    started_at: datetime
    ended_at: datetime | None
    first: int
    end: int
    size: int
    is_full: bool
    failures: list[Failure]
    remarks: list[Failure]


def latest_verification(*, log: int) -> Verification | None:
    """Return the newest verification that has ended; one that is still at work goes first once it found a failure."""
    return _newest(log, _FINISHED | ~Q(failures=[]))


def latest_full_verification(*, log: int) -> Verification | None:
    """Return the newest ended verification of all leaves that the log had, openings included."""
    return _newest(log, _FINISHED & Q(first=0, end=F("size"), with_openings=True))


def _newest(log: int, condition: Q) -> Verification | None:
    run = VerificationRun.objects.filter(condition, log=log).order_by("-moved_at", "-id").first()
    if run is None:
        return None
    return Verification(
        started_at=run.started_at,
        ended_at=run.ended_at,
        first=run.first,
        end=run.end,
        size=run.size,
        is_full=run.first == 0 and run.end == run.size and run.with_openings,
        failures=[Failure(*failure) for failure in run.failures],
        remarks=[Failure(*remark) for remark in run.remarks],
    )
