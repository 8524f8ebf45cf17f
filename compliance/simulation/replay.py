"""The replay of 2016 as a whole: what it holds, what of it is missing, and recording that.

Days are taken in their order, so that neighbours lie together on disk. A day whose reports are all
there is skipped; one that was cut off is written again, and the writer recognises what it has.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.exchanges.models import Exchange
from compliance.kernel.clock import from_microseconds
from compliance.ledger.months import ensure_months, month_of
from compliance.registry.keeper import keeper
from compliance.simulation.days import days
from compliance.simulation.demonstration import begin_demonstration, complete_demonstration
from compliance.simulation.processes import record_together
from compliance.simulation.recorder import REPLAYER, Recorder
from compliance.simulation.world import World

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime
    from fractions import Fraction

    from compliance.simulation.days import Day
    from compliance.simulation.recorder import Progress

BLOCK = 16_000


@dataclass(frozen=True, slots=True)
class Replay:
    """A replay that has begun: how many reports it holds in all, and which blocks of days are missing."""

    scale: Fraction
    seed: int
    expected: int
    present: int
    missing: tuple[tuple[int, ...], ...]

    def run(self, *, workers: int) -> Iterator[Progress]:
        """Record what is missing, yielding after each block of days; then state that the replay is complete."""
        if self.missing and workers == 1:
            yield from map(Recorder(seed=self.seed, scale=self.scale).record, self.missing)
        elif self.missing:
            yield from record_together(self.missing, seed=self.seed, scale=self.scale, workers=workers)
        complete_demonstration(scale=self.scale, seed=self.seed, actor=REPLAYER)


def begin(*, scale: Fraction, seed: int) -> Replay:
    """State in the register that a replay begins, have the partitions made, and find what is missing.

    Raises :class:`compliance.simulation.demonstration.OtherReplayError`.
    """
    standing = begin_demonstration(scale=scale, seed=seed, actor=REPLAYER)
    ensure_months({month_of(moment) for day in days() for moment in _bounds(day)})
    expected = World(seed=seed, scale=scale).expected
    missing = [] if standing.complete else [day.number for day in days() if _recorded(day) != expected[day.number]]
    return Replay(
        scale=scale,
        seed=seed,
        expected=sum(expected),
        present=sum(expected) - sum(expected[number] for number in missing),
        missing=tuple(_blocks(missing, expected)),
    )


def _recorded(day: Day) -> int:
    begins, ends = _bounds(day)
    return Exchange.objects.started_from(begins).started_before(ends).filter(producer=keeper()).count()


def _bounds(day: Day) -> tuple[datetime, datetime]:
    return from_microseconds(day.start * 1000), from_microseconds((day.start + day.length) * 1000)


def _blocks(numbers: list[int], expected: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield days together until they hold a good number of reports: small days are not worth a chunk each."""
    block: list[int] = []
    for number in numbers:
        block.append(number)
        if sum(expected[day] for day in block) >= BLOCK:
            yield tuple(block)
            block = []
    if block:
        yield tuple(block)
