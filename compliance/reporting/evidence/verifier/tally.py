"""What was found while records were checked: how many of what, and what is wrong. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from compliance.reporting.evidence.verifier.erased_openings import ErasedOpening

_MOST_FAULTS = 20


@dataclass
class Tally:
    """What was found in stretches: how many of what, faults as (check, key of the sentence, index), and erasures."""

    leaves: int = 0
    records: int = 0
    disclosures: int = 0
    missing: int = 0
    faults: list[tuple[str, str, int]] = field(default_factory=list)
    erasures: list[tuple[str, ErasedOpening]] = field(default_factory=list)

    def fault(self, check: str, key: str, index: int) -> None:
        """Note a fault; the first of each check in a stretch are enough."""
        if sum(noted == check for noted, _, _ in self.faults) < _MOST_FAULTS:
            self.faults.append((check, key, index))
