"""What is allowed in a report and still deserves a remark, before it goes to production."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from compliance.exchanges.submission import Submission
    from compliance.kernel.errors import FieldError


class HintKind(StrEnum):
    """Kinds of remarks."""

    ENVIRONMENT = "environment"
    TIME_ZONE = "time-zone"
    CHAIN = "chain-ids"
    SEQUENCE_MISSING = "sequence-missing"
    SEQUENCE_GAP = "sequence-gap"
    CAPACITY = "capacity"
    USER_GROUP = "user-group"
    ON_BEHALF_OF = "on-behalf-of"
    CORRECTS = "corrects-unknown"
    CONFLICT = "conflicting-content"


@dataclass(frozen=True, slots=True)
class Hint:
    """A remark on a field."""

    kind: HintKind
    pointer: str


def hints_on(report: Submission, *, vendors: frozenset[str]) -> Iterator[Hint]:
    """Yield the remarks on one report by itself. ``vendors`` are the codes of organisations that only process."""
    asker, chain = report.asker, report.chain
    if report.environment == "production":
        yield Hint(HintKind.ENVIRONMENT, "/environment")
    if chain is None or chain.correlation_id is None or chain.request_id is None:
        yield Hint(HintKind.CHAIN, "/chain")
    if report.producer_sequence is None:
        yield Hint(HintKind.SEQUENCE_MISSING, "/producer_sequence")
    if asker.capacity is not None:
        yield Hint(HintKind.CAPACITY, "/asker/capacity")
    if report.trigger == "manual" and (asker.user is None or asker.user.group is None):
        yield Hint(HintKind.USER_GROUP, "/asker/user/group")
    if asker.organisation in vendors and asker.on_behalf_of is None:
        yield Hint(HintKind.ON_BEHALF_OF, "/asker/on_behalf_of")


def hints_on_errors(errors: Sequence[FieldError]) -> Iterator[Hint]:
    """Yield a remark where an error about time has the look of a local clock."""
    for error in errors:
        without_zone = error.code == "shape" and "timezone" in error.detail.lower()
        if without_zone or error.code == "time-out-of-range":
            yield Hint(HintKind.TIME_ZONE, error.pointer)


def gaps_in(reports: Sequence[Submission | None], *, organisation: str) -> set[int]:
    """Return the positions whose sequence number does not follow the one before of the same producer.

    A report that is sent again keeps its number.
    """
    last: dict[str, int] = {}
    gaps = set()
    for position, report in enumerate(reports):
        if report is None or report.producer_sequence is None:
            continue
        producer = report.producer or organisation
        before = last.get(producer)
        if before is not None and report.producer_sequence not in {before, before + 1}:
            gaps.add(position)
        last[producer] = report.producer_sequence
    return gaps
