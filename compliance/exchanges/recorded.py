"""What a writer knows of the reporter, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from uuid import UUID

    from compliance.authorisations.judgement import Judgement
    from compliance.kernel.actor import Actor
    from compliance.ledger.receipt import Receipt


@dataclass(frozen=True, slots=True)
class Reporter:
    """Who reports: the actor, its own organisation's code, and the producers it may report for."""

    actor: Actor
    organisation: str
    reports_for: frozenset[str] = field(default_factory=frozenset)

    @property
    def producers(self) -> frozenset[str]:
        """The codes that may stand as producer: those named, or else the own organisation's."""
        return self.reports_for or frozenset({self.organisation})


@dataclass(frozen=True, slots=True)
class Recorded:
    """The answer for one report. ``is_new`` is false for a retry, which gets what was answered first."""

    id: UUID
    judgement: Judgement
    is_new: bool
    receipt: Receipt | None = None
