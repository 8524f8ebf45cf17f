"""What follows from all records together: counts, and how far a bundle is complete. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.reporting.evidence.verifier.bounds import is_complete_after, is_complete_before
from compliance.reporting.evidence.verifier.declaration import HITS_MODE, NO_DISCLOSURES
from compliance.reporting.evidence.verifier.verdict import (
    ABSENT,
    COMPLETENESS,
    CONSISTENCY,
    CSV,
    DISCLOSURES,
    ENTRIES,
    FILTER,
    INCLUSION,
    ORIGIN,
    PASSED,
    TILES,
    TIMES,
    UNPROVEN,
)

if TYPE_CHECKING:
    from compliance.reporting.evidence.verifier.bounds import Witnessed
    from compliance.reporting.evidence.verifier.declaration import Declaration
    from compliance.reporting.evidence.verifier.tally import Tally
    from compliance.reporting.evidence.verifier.verdict import Findings


def conclude(findings: Findings, *, declaration: Declaration, tally: Tally, witnessed: list[Witnessed]) -> None:
    """Give the checks of records their results."""
    span = declaration.span
    if span is None:
        findings.conclude(ENTRIES, ABSENT, "entries-absent")
    else:
        if tally.leaves != span[1] - span[0]:
            findings.fail(ENTRIES, "entries-count", found=tally.leaves, count=span[1] - span[0])
        findings.conclude(ENTRIES, PASSED, "entries-all", count=tally.leaves, first=span[0], end=span[1])
    if tally.records != declaration.count:
        findings.fail(FILTER, "filter-count", found=tally.records, count=declaration.count)
    if tally.disclosures != declaration.disclosures:
        findings.fail(DISCLOSURES, "disclosures-count", found=tally.disclosures, count=declaration.disclosures)
    findings.conclude(INCLUSION, PASSED, "inclusion-all", count=tally.records)
    findings.conclude(ORIGIN, PASSED, "origin-all", origin=declaration.origin)
    key = "filter-hits" if declaration.mode == HITS_MODE else "filter-range"
    findings.conclude(FILTER, PASSED, key, count=tally.records, leaves=tally.leaves)
    if declaration.made == NO_DISCLOSURES:
        findings.conclude(DISCLOSURES, ABSENT, "disclosures-absent")
    else:
        findings.conclude(DISCLOSURES, PASSED, "disclosures-all", count=tally.disclosures)
    findings.conclude(CSV, PASSED, "csv-same", count=tally.records)
    if witnessed:
        findings.conclude(TIMES, PASSED, "times-bounded", count=len(witnessed))
    else:
        findings.conclude(TIMES, UNPROVEN, "times-unbounded")
    _conclude_completeness(findings, declaration, witnessed)


def _conclude_completeness(findings: Findings, declaration: Declaration, witnessed: list[Witnessed]) -> None:
    span = declaration.span
    if span is None:
        findings.conclude(COMPLETENESS, UNPROVEN, "complete-hits")
        return
    if findings.failed(TILES, ENTRIES, INCLUSION, FILTER, ORIGIN, CONSISTENCY):
        findings.fail(COMPLETENESS, "complete-broken")
        return
    first, end = span
    told = {"first": first, "end": end, "size": declaration.size}
    period = declaration.filter
    before = is_complete_before(first=first, start=period.start, witnessed=witnessed)
    after = is_complete_after(end=end, size=declaration.size, until=period.end, time=period.time, witnessed=witnessed)
    if first == 0 and end == declaration.size:
        findings.conclude(COMPLETENESS, PASSED, "complete-log", **told)
    elif before and after:
        findings.conclude(COMPLETENESS, PASSED, "complete-period", **told)
    else:
        findings.conclude(COMPLETENESS, UNPROVEN, "complete-range", **told)
