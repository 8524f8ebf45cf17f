"""Begin a verification, or go on with one that was cut off; and keep how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.kernel.clock import now
from compliance.kernel.errors import FieldError, InvalidInputError
from compliance.ledger.models import Edge
from compliance.ledger.tiles import WIDTH
from compliance.ledger.verify.findings import Failure, Findings
from compliance.ledger.verify.stretch import Key
from compliance.reporting.verification.check_stretch import LEAVES, Task
from compliance.reporting.verification.models import VerificationKind, VerificationRun

if TYPE_CHECKING:
    from collections.abc import Iterator


def begin(
    *,
    log: int,
    kind: VerificationKind = VerificationKind.COMMAND,
    first: int = 0,
    end: int | None = None,
    since_last: bool = False,
    with_openings: bool = True,
) -> VerificationRun:
    """Return the run that was asked for: a new one, or the unfinished one of the same kind and range.

    The range is widened to whole tiles of 256 leaves. ``since_last`` begins where the last ended run of the log
    did. Raises :class:`InvalidInputError` for a range that is none.
    """
    edge = Edge.objects.filter(log=log).first()
    size = 0 if edge is None else edge.size
    if since_last:
        first = _verified_up_to(log)
    if first < 0 or (end is not None and end < first) or first > size:
        detail = f"Give leaves of the log: from 0 up to {size}, the end not before the beginning."
        raise InvalidInputError(errors=(FieldError("/from", detail, "not-a-range"),))
    first -= first % WIDTH
    is_to_the_end = end is None or -(-end // WIDTH) * WIDTH >= size
    unfinished = VerificationRun.objects.filter(
        log=log, kind=kind, first=first, with_openings=with_openings, ended_at=None
    ).order_by("-moved_at")
    for run in unfinished:
        if run.size <= size and (run.end == run.size if is_to_the_end else run.end == -(-(end or 0) // WIDTH) * WIDTH):
            return run
    at = now()
    return VerificationRun.objects.create(
        log=log,
        kind=kind,
        first=first,
        end=size if is_to_the_end else -(-(end or 0) // WIDTH) * WIDTH,
        size=size,
        end_xid=0 if edge is None else edge.last_xid,
        end_id=Key(0, bytes(16)).uuid if edge is None else edge.last_id,
        reached=first,
        with_openings=with_openings,
        started_at=at,
        moved_at=at,
    )


def tasks_of(run: VerificationRun) -> Iterator[Task]:
    """Yield the stretches that are left to do, in their order."""
    for first in range(run.reached, run.end, LEAVES):
        end = min(first + LEAVES, run.end)
        until = Key(run.end_xid, run.end_id.bytes) if end == run.size else None
        yield Task(run.log, first, end, until, run.with_openings)


def keep(run: VerificationRun, *, reached: int, findings: Findings, is_ended: bool = False) -> None:
    """Keep how far a run has come, and what was found so far."""
    run.reached, run.moved_at = reached, now()
    run.failures = [_row(failure) for failure in sorted(findings.failures.values(), key=_order)]
    run.remarks = [_row(remark) for remark in sorted(findings.remarks.values(), key=_order)]
    if is_ended:
        run.ended_at = run.moved_at
    run.save(update_fields=["reached", "moved_at", "failures", "remarks", "ended_at"])


def findings_of(run: VerificationRun) -> Findings:
    """Return what a run has found so far."""
    findings = Findings()
    findings.add((Failure(*failure) for failure in run.failures), (Failure(*remark) for remark in run.remarks))
    return findings


def _verified_up_to(log: int) -> int:
    run = VerificationRun.objects.filter(log=log, ended_at__isnull=False).order_by("-end").first()
    return 0 if run is None else run.end


def _row(failure: Failure) -> list[object]:
    return [failure.check, failure.sentence, failure.index, failure.count]


def _order(failure: Failure) -> tuple[float, str]:
    return (float("inf") if failure.index is None else failure.index, failure.check)
