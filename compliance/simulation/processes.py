"""Record days in several processes at once. Imports nothing of the models: a new process has to set up first."""

from __future__ import annotations

import signal
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from typing import TYPE_CHECKING

import django

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from fractions import Fraction

    from compliance.simulation.recorder import Progress, Recorder

_recorder: Recorder | None = None


def record_together(blocks: Iterable[Sequence[int]], *, seed: int, scale: Fraction, workers: int) -> Iterator[Progress]:
    """Record blocks of days, in about their order; yield after each block. An error in one stops all."""
    with ProcessPoolExecutor(
        workers, mp_context=get_context("spawn"), initializer=_start, initargs=(seed, scale)
    ) as pool:
        try:
            for future in as_completed([pool.submit(_record, block) for block in blocks]):
                yield future.result()
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _start(seed: int, scale: Fraction) -> None:
    global _recorder  # noqa: PLW0603 - each process makes its world once
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the first process decides when to stop
    django.setup()
    from compliance.simulation.recorder import Recorder  # noqa: PLC0415 - needs the set-up above

    _recorder = Recorder(seed=seed, scale=scale)


def _record(block: Sequence[int]) -> Progress:
    if _recorder is None:
        message = "The process was not started."
        raise RuntimeError(message)
    return _recorder.record(block)
