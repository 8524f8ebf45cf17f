"""Where a stream is cut: what is learnt at a cut serves until the next one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

_FIRST: Final = 16
_GROWTH: Final = 24  # a block is at most a 24th of what came before
_LONGEST: Final = 4_096


def blocks(count: int) -> Iterator[tuple[int, int]]:
    """Yield begin and end of each block, the last one whole: the cuts do not depend on how long it goes on."""
    begin = 0
    while begin < count:
        end = begin + max(_FIRST, min(_LONGEST, begin // _GROWTH))
        yield begin, end
        begin = end
