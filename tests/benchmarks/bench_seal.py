"""Sealing: from stored rows to a committed head, against the server's own copy of the same rows.

Leaves are as long as those of exchanges. What ingest loses is measured with two writers, who have both cores
busy: what the sealer takes, they miss.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context
from statistics import median, quantiles
from typing import TYPE_CHECKING

from kbi_audit.embedded.home import PROJECT
from tests.benchmarks.bench_writer import set_up, set_up_again, write_part
from tests.benchmarks.server import superuser

if TYPE_CHECKING:
    from collections.abc import Iterator

    import psycopg

    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

TRANSACTIONS, ENTRIES = 200, 2_500
LOG = 1
ROWS = 60_000
TURNS = 6
APPENDED = 60

# Leaves of 1,300 bytes that differ, written by transactions as the importer's, spread over the months of a year.
FILL = """
INSERT INTO ledger_entry (recorded_at, id, log, leaf)
SELECT now(), encode(substring(uuid_send(uuid_floor(moment)) FOR 6) || '\\x7000'::bytea
        || substring(sha256(n::text::bytea) FOR 8), 'hex')::uuid,
    1, convert_to(repeat(encode(sha256(n::text::bytea), 'hex'), 20) || n, 'UTF8')
  FROM (SELECT n, timestamptz '2016-03-01 07:00+00' + (n %% 300) * interval '1 day' AS moment
          FROM generate_series(%s, %s) AS n) AS told
"""


def run(report: Report, made: Machine) -> None:
    """Seal half a million leaves that wait, then seal while others write."""
    with superuser(made) as database:
        _catch_up(report, database)
        _beside_writers(report)
        _latency(report, database)


def _catch_up(report: Report, database: psycopg.Connection) -> None:
    from compliance.ledger.seal import Sealer  # noqa: PLC0415 - Django must be set up first

    for month in range(1, 13):
        database.execute(f"SELECT make_month('2016-{month:02}-01')")
    for number in range(TRANSACTIONS):
        database.execute(FILL % (number * ENTRIES, (number + 1) * ENTRIES - 1))
    database.execute("VACUUM ANALYZE ledger_entry")
    rows = TRANSACTIONS * ENTRIES
    copied = _copied(database)
    began = time.perf_counter()
    sealed = Sealer(LOG).seal_all()
    took = time.perf_counter() - began
    if (sealed.leaves, sealed.size) != (rows, rows):
        message = f"{sealed.leaves} leaves were sealed of {rows}."
        raise AssertionError(message)
    report("sealing, catching up", rows / took, "leaves/s", rows / copied)
    sealer = Sealer(LOG)
    began = time.perf_counter()
    for _ in range(100):
        sealer.seal()
    report("sealing, nothing to seal", (time.perf_counter() - began) * 10, "ms", None)


def _copied(database: psycopg.Connection) -> float:
    """Return the seconds that the server takes to copy the same rows into a bare table of the same columns."""
    database.execute("CREATE TABLE baseline (LIKE ledger_entry)")
    began = time.perf_counter()
    database.execute("INSERT INTO baseline SELECT * FROM ledger_entry")
    took = time.perf_counter() - began
    database.execute("DROP TABLE baseline")
    return took


def _beside_writers(report: Report) -> None:
    """Write by turns alone and beside the sealer, so that what else the machine does falls on both."""
    from django.db import connections  # noqa: PLC0415

    from compliance.ledger.months import make_months_of  # noqa: PLC0415
    from tests.benchmarks.reports import span  # noqa: PLC0415
    from tests.exchanges.world import make_world  # noqa: PLC0415

    make_world()
    make_months_of(*span((2 * TURNS + 1) * ROWS))
    connections.close_all()
    alone, beside = [], []
    with ProcessPoolExecutor(2, mp_context=get_context("spawn"), initializer=set_up) as pool:
        list(pool.map(set_up_again, range(2)))
        _write(pool, 0)
        for turn in range(TURNS):
            alone.append(_write(pool, 2 * turn + 1))
            with _sealer():
                beside.append(_write(pool, 2 * turn + 2))
    report("ingest, two writers beside the sealer", median(beside), "records/s", median(alone))


def _write(pool: ProcessPoolExecutor, turn: int) -> float:
    part = ROWS // 2
    began = time.time()
    ends = list(pool.map(write_part, [turn * ROWS + number * part for number in range(2)], [part] * 2))
    return ROWS / (max(ends) - began)


@contextmanager
def _sealer() -> Iterator[None]:
    """Run the sealer process; when this yields, it has sealed what was there."""
    from compliance.ledger.stored_tiles import sealed_size  # noqa: PLC0415

    process = subprocess.Popen(
        [sys.executable, "manage.py", "seal", "--follow"], cwd=PROJECT, env={**os.environ, "LOG_LEVEL": "WARNING"}
    )
    try:
        size = -1
        while size != (size := sealed_size(LOG)) or not size:
            time.sleep(2)
        yield
    finally:
        process.terminate()
        process.wait()


def _latency(report: Report, database: psycopg.Connection) -> None:
    """Append entries one at a time beside the sealer process, and see when each has its place."""
    from compliance.ledger.stored_tiles import sealed_size  # noqa: PLC0415

    took = []
    with _sealer():
        for number in range(APPENDED):
            size = sealed_size(LOG)
            first = TRANSACTIONS * ENTRIES + number
            database.execute(FILL % (first, first))
            began = time.perf_counter()
            while sealed_size(LOG) == size:
                threading.Event().wait(0.005)
            took.append(1000 * (time.perf_counter() - began))
    report("from commit to head, median", median(took), "ms", None)
    report("from commit to head, one in ten takes longer", quantiles(took, n=10)[-1], "ms", None)
