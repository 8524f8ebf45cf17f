"""Two processes import as one does, and a kill leaves whole chunks only."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from compliance.exchanges.models import Exchange
from compliance.ledger.models import Entry
from kbi_audit.embedded.home import PROJECT
from tests.exchanges.importing import csv_table, import_files, many, ndjson, parquet, rejects_of
from tests.exchanges.world import fields

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.usefixtures("committed_world")
PATIENCE = 60


def running(path: Path, *options: str) -> subprocess.Popen[str]:
    """Start the command as operators do."""
    arguments = ["import_exchanges", str(path), "--workers=2", "--json", *options]
    command = [sys.executable, str(PROJECT / "manage.py"), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def children(parent: int) -> list[int]:
    """Return the processes that a process started."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            told = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(told[1]) == parent and told[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def until(condition: Iterator[bool]) -> None:
    """Look until it is so."""
    deadline = time.monotonic() + PATIENCE
    for reached in condition:
        if reached:
            return
        assert time.monotonic() < deadline, "it took too long"


def test_two_processes_record_the_same_as_one_in_every_format(tmp_path: Path) -> None:
    told = [*many(300), fields(route="POST"), *many(600)[300:]]
    paths = (
        ndjson(tmp_path / "a.ndjson.gz", told),
        csv_table(tmp_path / "a.csv", told),
        parquet(tmp_path / "a.parquet", told, group=130),
    )
    for number, path in enumerate(paths):
        done, status = import_files(path, workers=2, chunk=37)
        assert (status, done["read"], done["rejected"]) == (1, 601, 1)
        assert (done["recorded"], done["already_recorded"]) == ((0, 600) if number else (600, 0))
        assert len(rejects_of(path)) == 1
    assert Exchange.objects.count() == Entry.objects.count() == 600


def test_a_kill_leaves_whole_chunks_only_and_a_second_run_completes(tmp_path: Path) -> None:
    count, chunk = 6_000, 50
    path = ndjson(tmp_path / "a.ndjson", many(count))
    process = running(path, f"--chunk={chunk}")
    until(Exchange.objects.count() >= 10 * chunk for _ in iter(int, 1))
    workers = children(process.pid)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert workers
    until(not any(Path("/proc", str(worker)).exists() for worker in workers) for _ in iter(int, 1))

    written = Counter(Exchange.objects.values_list("xid", flat=True))
    assert set(written.values()) == {chunk}
    assert Entry.objects.count() == written.total() < count

    second = running(path, f"--chunk={chunk}")
    out, _ = second.communicate(timeout=PATIENCE)
    done = json.loads(out)
    assert (second.returncode, done["read"], done["rejected"]) == (0, count, 0)
    assert Exchange.objects.count() == Entry.objects.count() == count
    assert list(tmp_path.iterdir()) == [path]
