"""What a verifier found: a result for each named check, with sentences. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

PASSED, FAILED, UNPROVEN, ABSENT = "passed", "failed", "unproven", "absent"
PROVEN = "proven"

BAG = "bag"
DECLARATION = "declaration"
CHECKPOINT = "checkpoint"
WITNESSES = "witnesses"
TIMESTAMPS = "timestamps"
CONSISTENCY = "consistency"
TILES = "tiles"
ENTRIES = "entries"
INCLUSION = "inclusion"
ORIGIN = "origin"
FILTER = "filter"
DISCLOSURES = "disclosures"
CSV = "csv"
ERASURES = "erasures"
TIMES = "times"
COMPLETENESS = "completeness"
EXPIRY = "expiry"
CHECKS = (
    BAG,
    DECLARATION,
    CHECKPOINT,
    WITNESSES,
    TIMESTAMPS,
    CONSISTENCY,
    TILES,
    ENTRIES,
    INCLUSION,
    ORIGIN,
    FILTER,
    DISCLOSURES,
    CSV,
    ERASURES,
    TIMES,
    COMPLETENESS,
    EXPIRY,
)
_MOST_SENTENCES = 5
_NOTHING_WRONG, _WRONG, _NOT_PINNED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, by its key in :mod:`words`, and what it names."""

    key: str
    named: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Check:
    """The result of one check, and why."""

    name: str
    result: str = ""
    said: list[Said] = field(default_factory=list)


@dataclass(slots=True)
class Findings:
    """All checks of one bundle or proof, in their order, and what it says of itself."""

    is_pinned: bool
    about: dict[str, Any] = field(default_factory=dict)
    checks: dict[str, Check] = field(default_factory=dict)

    def fail(self, name: str, key: str, **named: Any) -> None:
        """Note that a check failed; the first few reasons are told."""
        check = self._check(name)
        if check.result != FAILED:
            check.result, check.said = FAILED, []
        if len(check.said) < _MOST_SENTENCES:
            check.said.append(Said(key, named))

    def conclude(self, name: str, result: str, key: str, **named: Any) -> None:
        """Give a check its result, unless it failed."""
        check = self._check(name)
        if check.result != FAILED:
            check.result = result
            check.said.append(Said(key, named))

    def failed(self, *names: str) -> bool:
        """Tell whether one of these checks failed; without names, whether any did."""
        return any(check.result == FAILED for check in self.checks.values() if not names or check.name in names)

    @property
    def ordered(self) -> list[Check]:
        """The checks in the order in which they are told."""
        return [self.checks[name] for name in CHECKS if name in self.checks]

    @property
    def exit_status(self) -> int:
        """Status for the shell: 0 nothing wrong, 1 something wrong, 2 nothing wrong but keys not pinned."""
        if self.failed():
            return _WRONG
        return _NOTHING_WRONG if self.is_pinned else _NOT_PINNED

    @property
    def verdict(self) -> str:
        """The verdict in one word."""
        return (PROVEN, FAILED, UNPROVEN)[self.exit_status]

    def _check(self, name: str) -> Check:
        return self.checks.setdefault(name, Check(name))
