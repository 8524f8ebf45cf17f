"""Verification against the server's own hashing of the same rows: bytes, tiles and columns; openings apart.

Two processes, that are warm before the clock starts, as in a long run; and what `manage.py verify_ledger` does.
"""

from __future__ import annotations

import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

from tests.benchmarks.server import superuser

if TYPE_CHECKING:
    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

ROWS = 65_536
PROCESSES = 2
HASHED = "SELECT count(sha256('\\x00'::bytea || leaf)) FROM ledger_entry"


def run(report: Report, made: Machine) -> None:
    """Write, seal, and verify twice: without openings and with them."""
    from compliance.ledger.logs import LogNumber  # noqa: PLC0415 - Django must be set up first
    from compliance.ledger.months import make_months_of  # noqa: PLC0415
    from compliance.ledger.seal import Sealer  # noqa: PLC0415
    from compliance.reporting.verification.begin import begin, tasks_of  # noqa: PLC0415
    from compliance.reporting.verification.processes import check_one, set_up  # noqa: PLC0415
    from tests.benchmarks.bench_writer import set_up_again, write_part  # noqa: PLC0415
    from tests.benchmarks.reports import span  # noqa: PLC0415
    from tests.exchanges.world import make_world  # noqa: PLC0415

    make_world()
    make_months_of(*span(ROWS))
    write_part(0, ROWS)
    Sealer(LogNumber.EXCHANGES).seal_all()
    with superuser(made) as database:
        database.execute("VACUUM ANALYZE")
        database.execute(HASHED)
        began = time.perf_counter()
        database.execute(HASHED)
        hashing = ROWS / (time.perf_counter() - began)
    with ProcessPoolExecutor(PROCESSES, mp_context=get_context("spawn"), initializer=set_up) as pool:
        list(pool.map(set_up_again, range(PROCESSES)))
        for with_openings in (False, True):
            tasks = list(tasks_of(begin(log=LogNumber.EXCHANGES, with_openings=with_openings)))
            list(pool.map(check_one, tasks[:PROCESSES]))
            began = time.perf_counter()
            outcomes = list(pool.map(check_one, tasks))
            rate = ROWS / (time.perf_counter() - began)
            if any(outcome.failures for outcome in outcomes):
                raise AssertionError(outcomes)
            what = "verification, openings too" if with_openings else "verification of bytes, tiles, columns"
            report(what, rate, "records/s", hashing)
