"""The followers of the ledger, in the order in which each may rely on the one before. Idempotent, replayable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.statistics.catch_up import catch_up, catch_up_with_all
from compliance.statistics.counting_use import USE

if TYPE_CHECKING:
    from collections.abc import Callable


def follow() -> int:
    """Let statistics catch up with what is recorded; return how many entries they counted.

    Leaves to another process what that is at.
    """
    return catch_up().entries


def follow_use() -> int:
    """Let the use of authorisations catch up; return how many entries were counted.

    On its own, because it reads each entry's bytes: the figures, and ceilings, do not wait for it.
    """
    return catch_up(counts=USE).entries


def follow_until_idle(*, progress: Callable[[int], object] | None = None) -> int:
    """Let every follower catch up with all that was begun before this call, waiting for writers that still run.

    Returns how many entries statistics counted; ``progress`` is told of theirs.
    """
    entries = catch_up_with_all(progress=progress)
    catch_up_with_all(counts=USE)
    return entries
