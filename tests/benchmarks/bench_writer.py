"""The writer against the server's own binary COPY of the same rows into the same tables."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.benchmarks.server import DATABASE, EMPTY, clone, superuser

if TYPE_CHECKING:
    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

ROWS = 200_000
TABLES = ("ledger_person_key", "ledger_entry", "ledger_opening", "exchanges_exchange")
BASELINE = "kbi_copied"


def run(report: Report, made: Machine) -> None:
    """Write 200,000 reports in chunks, then have the server copy the rows that came of it."""
    from django.db import connections  # noqa: PLC0415 - Django must be set up first

    from compliance.exchanges.bulk import write  # noqa: PLC0415
    from compliance.ledger.months import ensure_months, month_of  # noqa: PLC0415
    from tests.benchmarks.reports import reports  # noqa: PLC0415
    from tests.exchanges.world import GATEWAY, make_world  # noqa: PLC0415

    make_world()
    batch = list(reports(ROWS))
    ensure_months({month_of(one.started_at) for one in batch})
    connections.close_all()
    clone(made, DATABASE, EMPTY)
    began = time.perf_counter()
    for _ in write(reports=batch, reporter=GATEWAY):
        pass
    rate = ROWS / (time.perf_counter() - began)
    report("writer, one process", rate, "records/s", _copy_rate(made))


def _copy_rate(made: Machine) -> float:
    clone(made, EMPTY, BASELINE)
    with superuser(made) as source:
        (folder,) = source.execute("SHOW data_directory").fetchone() or ("",)
        for table in TABLES:
            source.execute(f"COPY (SELECT * FROM {table} ORDER BY 1) TO '{folder}/{table}.copy' (FORMAT BINARY)")
    with superuser(made, BASELINE) as target:
        began = time.perf_counter()
        with target.transaction():
            for table in TABLES:
                target.execute(f"COPY {table} FROM '{folder}/{table}.copy' (FORMAT BINARY)")
        return ROWS / (time.perf_counter() - began)
