"""What verification finds: which check failed, where first, how often, in a sentence. Nothing about a person."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


class Check(StrEnum):
    """The checks, by the names under which they are reported. docs/verification.md says what each promises."""

    POSITIONS = "positions"
    ENTRY_BYTES = "entry-bytes"
    UNSEALED_BACKDATED = "unsealed-backdated"
    ORIGIN = "origin"
    TILES = "tiles"
    HEAD = "head"
    CHECKPOINT_SIGNATURE = "checkpoint-signature"
    CHECKPOINT_ROOT = "checkpoint-root"
    QUORUM = "quorum"
    TIMESTAMP = "timestamp"
    TIME_BOUNDS = "time-bounds"
    LATE_SEALED = "late-sealed"
    COLUMNS = "columns"
    OPENINGS = "openings"
    VANISHED = "vanished"
    RESURRECTED = "resurrected"
    ERASURES = "erasures"
    TILE_STORE = "tile-store"
    SIGNER_MEMORY = "signer-memory"
    WITNESS_MEMORY = "witness-memory"
    HELD_CHECKPOINT = "held-checkpoint"


@dataclass(frozen=True, slots=True)
class Failure:
    """The first divergence that a check found: its leaf's index (``None`` when it has none), and how many there are."""

    check: str
    sentence: str
    index: int | None = None
    count: int = 1


@dataclass(slots=True)
class Findings:
    """Failures, the first of each check; and remarks, which tell what is odd or was not looked at, and fail nothing."""

    failures: dict[str, Failure] = field(default_factory=dict)
    remarks: dict[str, Failure] = field(default_factory=dict)

    def fail(self, check: Check, sentence: str, index: int | None = None, *, count: int = 1) -> None:
        """Note that a check failed."""
        _add(self.failures, Failure(check.value, sentence, index, count))

    def remark(self, check: Check, sentence: str, index: int | None = None, *, count: int = 1) -> None:
        """Note what is no failure."""
        _add(self.remarks, Failure(check.value, sentence, index, count))

    def add(self, failures: Iterable[Failure], remarks: Iterable[Failure]) -> None:
        """Take over what was found elsewhere."""
        for failure in failures:
            _add(self.failures, failure)
        for remark in remarks:
            _add(self.remarks, remark)


def _add(known: dict[str, Failure], new: Failure) -> None:
    """Keep the one that stands first in the log, and count both."""
    old = known.get(new.check)
    if old is None:
        known[new.check] = new
    else:
        first = new if _place(new) < _place(old) else old
        known[new.check] = replace(first, count=old.count + new.count)


def _place(failure: Failure) -> float:
    return float("inf") if failure.index is None else failure.index
