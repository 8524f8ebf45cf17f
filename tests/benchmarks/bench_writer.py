"""The writer against the server's own binary COPY: one process, and two as the import and the replay use."""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

from kbi_audit.embedded.home import DATABASE
from tests.benchmarks.copy_baseline import EMPTY, copy_rate
from tests.benchmarks.server import clone

if TYPE_CHECKING:
    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

ROWS = 120_000
PROCESSES = 2


def run(report: Report, made: Machine) -> None:
    """Write in one process, then as much again in two, then have the server copy all rows that came of it."""
    from django.db import connections  # noqa: PLC0415 - Django must be set up first

    from compliance.ledger.months import make_months_of  # noqa: PLC0415
    from tests.benchmarks.reports import span  # noqa: PLC0415
    from tests.exchanges.world import make_world  # noqa: PLC0415

    make_world()
    make_months_of(*span(2 * ROWS))
    connections.close_all()
    clone(made, DATABASE, EMPTY)
    began = time.time()
    alone = ROWS / (write_part(0, ROWS) - began)
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"), initializer=set_up) as pool:
        list(pool.map(set_up_again, range(PROCESSES)))
        part = ROWS // PROCESSES
        began = time.time()
        ends = list(pool.map(write_part, [ROWS + number * part for number in range(PROCESSES)], [part] * PROCESSES))
    together = ROWS / (max(ends) - began)
    baseline = copy_rate(made, 2 * ROWS)
    report("writer, one process", alone, "records/s", baseline)
    report("writer, two processes", together, "records/s", baseline)


def set_up() -> None:
    """Set up Django in a worker process; the environment is inherited."""
    import django  # noqa: PLC0415

    django.setup()


def set_up_again(number: int) -> int:
    """Make sure that every worker has started before the clock does."""
    time.sleep(0.5)
    return number


def write_part(first: int, count: int) -> float:
    """Generate and write a part of the reports; returns the moment it was done."""
    from compliance.exchanges.bulk import write  # noqa: PLC0415
    from tests.benchmarks.reports import reports  # noqa: PLC0415
    from tests.exchanges.world import GATEWAY  # noqa: PLC0415

    for _ in write(reports=reports(count, first=first), reporter=GATEWAY):
        pass
    return time.time()
