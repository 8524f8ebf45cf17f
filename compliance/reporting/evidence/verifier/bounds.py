"""What witnessed checkpoints say about when leaves were received. Pure.

A leaf that a checkpoint holds was there when that was witnessed; one that it does not hold was not
published then, and receipts promise publication within the maximum merge delay.
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import UTC, datetime
from typing import NamedTuple

CLOCKS_SECONDS = 300
MERGE_DELAY_SECONDS = 900
_EARLIEST, _LATEST = "0000", "9999"


class Witnessed(NamedTuple):
    """A checkpoint of ``size`` leaves, and the first and last second (since 1970) at which somebody vouched for it."""

    size: int
    first: int
    last: int


class TimeBounds:
    """Between which moments the leaf at an index can have been received, by these checkpoints."""

    def __init__(self, witnessed: list[Witnessed]) -> None:
        """Take the checkpoints in any order."""
        ordered = sorted(witnessed)
        self._sizes = [point.size for point in ordered]
        self._after = [_EARLIEST]
        for point in ordered:
            moment = moment_text(point.first - MERGE_DELAY_SECONDS - CLOCKS_SECONDS)
            self._after.append(max(self._after[-1], moment))
        before = [_LATEST]
        for point in reversed(ordered):
            before.append(min(before[-1], moment_text(point.last + CLOCKS_SECONDS)))
        self._before = before[::-1]

    def of(self, index: int) -> tuple[str, str]:
        """Return the earliest and the latest moment, canonical times that compare as text."""
        place = bisect_right(self._sizes, index)
        return self._after[place], self._before[place]

    def next_change(self, index: int) -> int:
        """Return the first index after this one whose bounds may be others."""
        place = bisect_right(self._sizes, index)
        return self._sizes[place] if place < len(self._sizes) else 2**63


def moment_text(seconds: int) -> str:
    """Write seconds since 1970 as leaves write times."""
    try:
        moment = datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, OSError, ValueError):
        return _LATEST
    return f"{moment:%Y-%m-%dT%H:%M:%S}.000000Z"


def seconds_of(moment: str) -> int:
    """Return a canonical time as seconds since 1970, rounded down."""
    return int(datetime.fromisoformat(moment).timestamp())


def is_complete_before(*, first: int, start: str | None, witnessed: list[Witnessed]) -> bool:
    """Tell whether no leaf before ``first`` can be of ``start`` or later."""
    if first == 0:
        return True
    if start is None:
        return False
    limit = seconds_of(start) - CLOCKS_SECONDS
    return any(point.size >= first and point.last < limit for point in witnessed)


def is_complete_after(*, end: int, size: int, until: str | None, time: str, witnessed: list[Witnessed]) -> bool:
    """Tell whether no leaf from ``end`` on can be of before ``until``."""
    if end == size:
        return True
    if until is None or time != "received":
        return False
    limit = seconds_of(until) + MERGE_DELAY_SECONDS + CLOCKS_SECONDS
    return any(point.size <= end and point.first > limit for point in witnessed)
