"""The baseline of ingest: the server's own binary COPY of the same rows into the same tables."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.benchmarks.server import clone, superuser

if TYPE_CHECKING:
    from kbi_audit.embedded.home import Machine

EMPTY = "kbi_empty"
_COPIED = "kbi_copied"
_TABLES = ("ledger_person_key", "ledger_entry", "ledger_opening", "exchanges_exchange")


def copy_rate(made: Machine, rows: int) -> float:
    """Copy what the service's database holds into a clone of ``EMPTY``, in one transaction; return records a second."""
    clone(made, EMPTY, _COPIED)
    with superuser(made) as source:
        (folder,) = source.execute("SHOW data_directory").fetchone() or ("",)
        for table in _TABLES:
            source.execute(f"COPY (TABLE {table}) TO '{folder}/{table}.copy' (FORMAT BINARY)")
    with superuser(made, _COPIED) as target:
        began = time.perf_counter()
        with target.transaction():
            for table in _TABLES:
                target.execute(f"COPY {table} FROM '{folder}/{table}.copy' (FORMAT BINARY)")
        return rows / (time.perf_counter() - began)
