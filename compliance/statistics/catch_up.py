"""Follow until nothing is left, in transactions of bounded length."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from django.db import connection

from compliance.ledger.transaction_ids import frontier
from compliance.statistics.counting import STATISTICS
from compliance.statistics.follow import Followed, TooWideError, follow

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.statistics.counts import Counts

# A transaction of the writer holds one entry or fifty thousand: windows begin narrow, and widen while they are quick.
FIRST_WINDOW = 256
_QUICK, _SLOW = 10.0, 30.0
LONGEST = 120  # seconds; a window that takes longer is given up, and tried again narrower
_PAUSE = 0.2


def catch_up(
    *, counts: Counts = STATISTICS, progress: Callable[[int], object] | None = None, wait: bool = False
) -> Followed:
    """Follow up to the horizon, a window a transaction, and return what all of them did.

    ``progress`` is told how many entries each window held. Leaves when another follower is at it, unless ``wait``.
    """
    entries, window = 0, FIRST_WINDOW
    while True:
        began = time.monotonic()
        try:
            followed = follow(counts=counts, widest=window, wait=wait, seconds=LONGEST if window > 1 else None)
        except TooWideError:
            window = max(window // 16, 1)
            continue
        entries += followed.entries
        if progress is not None and followed.entries:
            progress(followed.entries)
        if followed.busy or followed.caught_up:
            return replace(followed, entries=entries)
        window = next_window(window, seconds=time.monotonic() - began)


def next_window(window: int, *, seconds: float) -> int:
    """Return a window four times as wide after a quick transaction, a quarter after a slow one."""
    if seconds < _QUICK:
        return window * 4
    return max(window // 4, 1) if seconds > _SLOW else window


def catch_up_with_all(
    *, counts: Counts = STATISTICS, progress: Callable[[int], object] | None = None, patience: float = 600.0
) -> int:
    """Count everything that any transaction begun before this call recorded; return how many entries.

    Waits for transactions that still run; raises TimeoutError after ``patience`` seconds of that.
    """
    with connection.cursor() as database:
        goal = frontier(database)
    entries, deadline = 0, time.monotonic() + patience
    while True:
        done = catch_up(counts=counts, progress=progress, wait=True)
        entries += done.entries
        if done.next_xid >= goal:
            return entries
        if time.monotonic() > deadline:
            message = f"A transaction older than {goal} still runs; what it records is not counted yet."
            raise TimeoutError(message)
        time.sleep(_PAUSE)
