"""Sealing: from stored rows to a committed head, against the server's own COPY of the same rows; and what ingest loses.

Leaves are as long as those of exchanges. Beside the sealer at work, the writer is measured as it is alone.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.benchmarks.server import superuser

if TYPE_CHECKING:
    import psycopg

    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

TRANSACTIONS, ENTRIES = 200, 2_500
LOG = 1

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
    from compliance.ledger.seal import Sealer  # noqa: PLC0415 - Django must be set up first

    with superuser(made) as database:
        for month in range(1, 13):
            database.execute(f"SELECT make_month('2016-{month:02}-01')")
        began = time.perf_counter()
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
    began = time.perf_counter()
    for _ in range(100):
        Sealer(LOG).seal()
    report("sealing, nothing to seal", (time.perf_counter() - began) * 10, "ms", None)


def _copied(database: psycopg.Connection) -> float:
    """Return the seconds that the server takes to copy the same rows into a bare table of the same columns."""
    database.execute("CREATE TABLE baseline (LIKE ledger_entry)")
    began = time.perf_counter()
    database.execute("INSERT INTO baseline SELECT * FROM ledger_entry")
    took = time.perf_counter() - began
    database.execute("DROP TABLE baseline")
    return took
