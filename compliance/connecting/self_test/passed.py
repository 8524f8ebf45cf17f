"""Which checks a self-test passed, of each partner that it was about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.authorisations.vocabulary import Verdict
from compliance.connecting.vocabulary import Check

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.connecting.self_test.tried import Tried
    from compliance.exchanges.submission import Submission

BULK = 100


def passed_checks(found: Sequence[Tried], reports: Sequence[Submission | None]) -> dict[str, set[Check]]:
    """Return, by partner, what its good samples show together."""
    numbers = {str(one.id): one.partner for one in found if one.id is not None}
    passed: dict[str, set[Check]] = {}
    good: dict[str, int] = {}
    for tried, report in zip(found, reports, strict=True):
        if tried.is_good and report is not None:
            passed.setdefault(tried.partner, set()).update(_shown(tried, report, numbers))
            good[tried.partner] = good.get(tried.partner, 0) + 1
    for partner, count in good.items():
        if count >= BULK:
            passed[partner].add(Check.BULK)
    return passed


def _shown(tried: Tried, report: Submission, numbers: dict[str, str]) -> Iterator[Check]:
    if tried.judgement is not None:
        yield Check.COVERED if tried.judgement.verdict is Verdict.COVERED else Check.OUTSIDE
    if report.outcome == "refused":
        yield Check.REFUSED
    if report.outcome == "no-data":
        yield Check.NO_DATA
    if report.corrects not in {None, str(tried.id)} and numbers.get(report.corrects or "") == tried.partner:
        yield Check.CORRECTION
    if tried.same_as is not None:
        yield Check.RETRY
