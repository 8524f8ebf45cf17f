"""What the replay costs besides writing: simulated reports a second on one core, without recording them."""

from __future__ import annotations

import time
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

FIRST_DAYS_OF_TERM = slice(244, 252)


def run(report: Report, _made: Machine) -> None:
    """Simulate eight days of September, the busiest month, at full scale; and a whole year at one in fifty."""
    from compliance.simulation.days import days  # noqa: PLC0415 - Django must be set up first
    from compliance.simulation.world import World  # noqa: PLC0415

    for name, scale, of in (("full scale", Fraction(1), FIRST_DAYS_OF_TERM), ("1/50", Fraction(1, 50), slice(None))):
        world = World(seed=2016, scale=scale)
        _ = world.population, world.staff, world.expected
        began = time.perf_counter()
        made = sum(1 for day in days()[of] for _ in world.reports(day, identify=str))
        report(f"simulation, {name}", made / (time.perf_counter() - began), "reports/s", None)
