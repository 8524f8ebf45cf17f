"""The followers of the ledger, in the order in which each may rely on the one before. Idempotent, replayable."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.statistics.catch_up import catch_up, catch_up_with_all

if TYPE_CHECKING:
    from collections.abc import Callable


def follow() -> int:
    """Let every follower catch up with what is recorded; return how many entries statistics counted.

    Leaves to another process what that is at.
    """
    return catch_up().entries


def follow_until_idle(*, progress: Callable[[int], object] | None = None) -> int:
    """Let every follower catch up with all that was begun before this call, waiting for writers that still run."""
    return catch_up_with_all(progress=progress)
