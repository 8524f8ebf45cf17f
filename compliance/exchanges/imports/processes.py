"""Write chunks in several processes at once. Imports nothing of the models: a new process has to set up first."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context, parent_process
from typing import TYPE_CHECKING

import django

from compliance.exchanges.imports.stopped import ImportStoppedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from compliance.exchanges.imports.chunk import Chunk
    from compliance.exchanges.imports.write_chunk import ChunkWriter, Outcome
    from compliance.exchanges.recorded import Reporter

_AHEAD = 2
_writer: ChunkWriter | None = None


def write_together(chunks: Iterable[Chunk], *, reporter: Reporter, workers: int) -> Iterator[tuple[Chunk, Outcome]]:
    """Write chunks in about their order, and yield each with its outcome in exactly their order."""
    underway: deque[tuple[Chunk, Future[Outcome]]] = deque()
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_start, initargs=(reporter,))
    try:
        for chunk in chunks:
            underway.append((chunk, pool.submit(_write, chunk)))
            if len(underway) >= workers + _AHEAD:
                yield _oldest(underway)
        while underway:
            yield _oldest(underway)
    except BrokenProcessPool as error:
        raise ImportStoppedError(detail="A process that writes has died.") from error
    finally:
        pool.shutdown(cancel_futures=True)


def _oldest(underway: deque[tuple[Chunk, Future[Outcome]]]) -> tuple[Chunk, Outcome]:
    chunk, future = underway.popleft()
    return chunk, future.result()


def _start(reporter: Reporter) -> None:
    global _writer  # noqa: PLW0603 - each process makes its writer once
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process decides when to stop
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    django.setup()
    from compliance.exchanges.imports.write_chunk import ChunkWriter  # noqa: PLC0415 - needs the set-up above

    _writer = ChunkWriter(reporter)


def _leave_with_parent() -> None:
    """Leave when the first process is killed; a process of a pool would wait for its next task for ever."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _write(chunk: Chunk) -> Outcome:
    if _writer is None:
        message = "The process was not started."
        raise RuntimeError(message)
    return _writer.write(chunk)
