"""Check stretches in several processes at once. Imports nothing of the models: a new process has to set up first."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.reporting.verification.check_stretch import Outcome, Task

_AHEAD = 2


def check_together(tasks: Iterable[Task], *, processes: int) -> Iterator[Outcome]:
    """Check stretches at once, and yield what was found in exactly their order."""
    underway: deque[Future[Outcome]] = deque()
    pool = ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=set_up)
    try:
        for task in tasks:
            underway.append(pool.submit(check_one, task))
            if len(underway) >= processes + _AHEAD:
                yield underway.popleft().result()
        while underway:
            yield underway.popleft().result()
    finally:
        pool.shutdown(cancel_futures=True)


def set_up() -> None:
    """Set up Django in a new process, which leaves when the first one is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process decides when to stop
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    django.setup()


def check_one(task: Task) -> Outcome:
    """Check a stretch in this process."""
    from compliance.reporting.verification.check_stretch import check_stretch  # noqa: PLC0415 - needs the set-up

    return check_stretch(task)


def _leave_with_parent() -> None:
    """Leave when the first process is killed; a process of a pool would wait for its next task for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
