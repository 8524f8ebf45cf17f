"""A verification from where it stands to its end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.reporting.verification.begin import findings_of, keep, tasks_of
from compliance.reporting.verification.check_stretch import check_stretch
from compliance.reporting.verification.check_whole import check_whole
from compliance.reporting.verification.processes import check_together

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from compliance.ledger.verify.findings import Findings
    from compliance.reporting.verification.models import VerificationRun


def verify(
    run: VerificationRun,
    *,
    processes: int = 1,
    held: Sequence[str] = (),
    told: Callable[[int], object] | None = None,
) -> Findings:
    """Do what is left of a run and end it; return all that it found, before it was cut off included.

    After every stretch it is kept how far the run has come. With more than one process, the first only waits.
    ``held`` are checkpoints that somebody kept outside; ``told`` hears how many leaves were done since.
    """
    findings = findings_of(run)
    tasks = tasks_of(run)
    outcomes = map(check_stretch, tasks) if processes == 1 else check_together(tasks, processes=processes)
    for outcome in outcomes:
        findings.add(outcome.failures, outcome.remarks)
        if told is not None:
            told(outcome.end - run.reached)
        keep(run, reached=outcome.end, findings=findings)
    whole = check_whole(log=run.log, with_openings=run.with_openings, held=held)
    findings.add(whole.failures.values(), whole.remarks.values())
    keep(run, reached=run.end, findings=findings, is_ended=True)
    return findings
