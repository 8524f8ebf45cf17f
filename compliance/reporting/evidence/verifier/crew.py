"""Work that is spread over processes, no more of it in hand than they can carry. Pure."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def spread(task: Callable[[_Given], _Made], given: Iterable[_Given], *, workers: int) -> Iterator[_Made]:
    """Yield what a task makes of each thing given, in order; in this process when one worker is all."""
    if workers <= 1:
        yield from map(task, given)
        return
    with ProcessPoolExecutor(workers) as pool:
        in_hand: deque[Future[_Made]] = deque()
        for each in given:
            in_hand.append(pool.submit(task, each))
            if len(in_hand) > workers:
                yield in_hand.popleft().result()
        while in_hand:
            yield in_hand.popleft().result()
