"""Record simulated days through the writer that all exchanges go through."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, NamedTuple

from compliance.exchanges import bulk
from compliance.exchanges.prepare import key
from compliance.exchanges.recorded import Reporter
from compliance.kernel.actor import system
from compliance.kernel.record_id import text_of
from compliance.registry.keeper import keeper
from compliance.simulation.days import days
from compliance.simulation.world import World

if TYPE_CHECKING:
    from collections.abc import Sequence
    from fractions import Fraction

    from compliance.exchanges.submission import Submission

REPLAYER = system("replay-2016")


class Progress(NamedTuple):
    """What was dealt with since the last word: reports, and how many of them were new."""

    reports: int
    new: int


class Recorder:
    """Reports one world's days, as the crossroads bank."""

    def __init__(self, *, seed: int, scale: Fraction) -> None:
        """Make the people of the world, who serve all its days."""
        self._world = World(seed=seed, scale=scale)
        _ = self._world.population, self._world.staff
        gc.freeze()  # they stay: the collector need not visit them again and again

    def record(self, numbers: Sequence[int]) -> Progress:
        """Record the days with these numbers; each chunk of reports is committed on its own."""
        us = keeper()

        def identify(report: Submission) -> str:
            return text_of(key(report, producer=us).id)

        reports = (report for n in numbers for report in self._world.reports(days()[n], identify=identify))
        written = list(bulk.write(reports=reports, reporter=Reporter(actor=REPLAYER, organisation=us)))
        return Progress(sum(chunk.reports for chunk in written), sum(chunk.new for chunk in written))
