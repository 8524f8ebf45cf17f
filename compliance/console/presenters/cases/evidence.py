"""The most telling exchanges of a case, as rows; whom they are about stays hidden."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.console.presenters import words
from compliance.console.presenters.badge import Badge, present_outcome, present_verdict

if TYPE_CHECKING:
    from collections.abc import Sequence
    from uuid import UUID

    from compliance.console.door import Door
    from compliance.console.presenters.names import Names
    from compliance.exchanges.models import Exchange

MOST = 10


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    """One exchange."""

    identifier: str
    moment: str
    at: str
    address: str
    service: str
    purpose: str
    outcome: Badge
    verdict: Badge
    persons: str


def present_evidence(exchanges: Sequence[Exchange], *, names: Names, door: Door) -> tuple[EvidenceRow, ...]:
    """Put exchanges into rows, in their order."""
    return tuple(
        EvidenceRow(
            identifier=str(one.id),
            moment=words.moment(one.started_at),
            at=one.started_at.isoformat(),
            address=door.address("exchange", one.id),
            service=names.service(one.service),
            purpose=names.purpose(one.purpose),
            outcome=present_outcome(one.outcome),
            verdict=present_verdict(one.verdict),
            persons=words.figure(one.subject_count),
        )
        for one in exchanges
    )


def offered(rows: Sequence[EvidenceRow], identifiers: Sequence[UUID]) -> list[tuple[UUID, str]]:
    """Return the exchanges to choose from, with the words of each."""
    told = {row.identifier: f"{row.moment}, {row.service}" for row in rows}
    return [(one, told[str(one)]) for one in identifiers if str(one) in told]
