"""Importing files of each format, against the bulk writer that is handed reports that were read already."""

from __future__ import annotations

import csv
import tempfile
import time
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kbi_audit.embedded.home import DATABASE
from tests.benchmarks.server import EMPTY, clone

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.exchanges.submission import Submission
    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

ROWS = 60_000


def run(report: Report, made: Machine) -> None:
    """Write the same reports from memory, and from a file of each format in one process and in two."""
    from django.db import connections  # noqa: PLC0415 - Django must be set up first

    from compliance.exchanges.bulk import write  # noqa: PLC0415
    from compliance.exchanges.imports.import_file import forget_progress, import_file  # noqa: PLC0415
    from compliance.exchanges.imports.request import Request  # noqa: PLC0415
    from tests.benchmarks.reports import reports  # noqa: PLC0415
    from tests.exchanges.world import GATEWAY, make_world  # noqa: PLC0415

    make_world()
    connections.close_all()
    clone(made, DATABASE, EMPTY)
    batch = list(reports(ROWS))

    def timed(work: Callable[[], object]) -> float:
        connections.close_all()
        clone(made, EMPTY, DATABASE)
        began = time.perf_counter()
        work()
        return ROWS / (time.perf_counter() - began)

    baseline = 0.0
    with tempfile.TemporaryDirectory() as folder:
        for file in (_ndjson, _csv, _parquet):
            path = file(Path(folder), batch)
            for workers in (1, 2):
                # The machine may have changed its mind since the last one.
                baseline = timed(lambda: list(write(reports=batch, reporter=GATEWAY)))
                request = Request(name=str(path), reporter=GATEWAY, workers=workers)
                rate = timed(lambda request=request: list(import_file(request)))  # type: ignore[misc]
                report(f"import, {path.suffix[1:]}, {workers} worker(s)", rate, "records/s", baseline)
                forget_progress(request)
            began = time.perf_counter()
            list(import_file(Request(name=str(path), reporter=GATEWAY)))
            again = ROWS / (time.perf_counter() - began)
            report(f"import again, {path.suffix[1:]}, 1 worker", again, "records/s", baseline)


def _ndjson(folder: Path, batch: list[Submission]) -> Path:
    import msgspec  # noqa: PLC0415

    path = folder / "exchanges.ndjson"
    path.write_bytes(msgspec.json.Encoder().encode_lines(batch))
    return path


def _csv(folder: Path, batch: list[Submission]) -> Path:
    rows = [_flat(one) for one in batch]
    path = folder / "exchanges.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, list(dict.fromkeys(name for row in islice(rows, 100) for name in row)))
        table.writeheader()
        table.writerows(rows)
    return path


def _parquet(folder: Path, batch: list[Submission]) -> Path:
    import msgspec  # noqa: PLC0415
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    path = folder / "exchanges.parquet"
    rows = [msgspec.to_builtins(one, builtin_types=()) for one in batch]
    pq.write_table(pa.Table.from_pylist(rows), path, row_group_size=25_000)
    return path


def _flat(report: Submission) -> dict[str, Any]:
    import msgspec  # noqa: PLC0415

    told: dict[str, Any] = {}

    def put(prefix: str, part: dict[str, Any]) -> None:
        for name, value in part.items():
            match value:
                case dict():
                    put(f"{prefix}{name}.", value)
                case [dict(), *_]:
                    told[prefix + name] = "|".join(f"{one['kind']}:{one['value']}" for one in value)
                case [*_]:
                    told[prefix + name] = "|".join(value)
                case _:
                    told[prefix + name] = value

    put("", msgspec.to_builtins(report))
    return told
