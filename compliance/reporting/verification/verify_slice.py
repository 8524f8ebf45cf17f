"""Verification round the clock: some seconds at a time, from where the last slice ended, over and over."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from compliance.ledger.logs import LogNumber
from compliance.ledger.verify.findings import Findings
from compliance.ledger.verify.memories import check_memories
from compliance.reporting.verification.alarm import raise_alarm
from compliance.reporting.verification.begin import begin, findings_of, keep, tasks_of
from compliance.reporting.verification.check_stretch import check_stretch
from compliance.reporting.verification.check_whole import check_whole
from compliance.reporting.verification.models import VerificationKind

if TYPE_CHECKING:
    from compliance.reporting.verification.models import VerificationRun

SECONDS = 30.0


def verify_slice(*, seconds: float = SECONDS) -> list[VerificationRun]:
    """Go on with the round of each log for its part of so many seconds; return the rounds, as far as they are.

    Every slice does a stretch of each log at least, and asks signer and witnesses what they remember. A
    round that is through begins again with the next slice. What fails opens a case and is mailed, once.
    """
    return [_slice(log, seconds / len(LogNumber)) for log in LogNumber]


def _slice(log: LogNumber, seconds: float) -> VerificationRun:
    deadline = time.monotonic() + seconds
    run = begin(log=log, kind=VerificationKind.ROUND)
    findings = findings_of(run)
    new = Findings()
    for task in tasks_of(run):
        outcome = check_stretch(task)
        new.add(outcome.failures, outcome.remarks)
        findings.add(outcome.failures, outcome.remarks)
        keep(run, reached=outcome.end, findings=findings)
        if time.monotonic() >= deadline:
            break
    if run.reached == run.end:
        whole = check_whole(log=log, with_openings=run.with_openings)
    else:
        whole = Findings()
        check_memories(log=log, findings=whole)
    new.add(whole.failures.values(), whole.remarks.values())
    findings.add(whole.failures.values(), whole.remarks.values())
    keep(run, reached=run.reached, findings=findings, is_ended=run.reached == run.end)
    raise_alarm(new.failures.values(), log=log)
    return run
