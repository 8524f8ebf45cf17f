"""A bundle of a million records: how long it takes to make and to verify, and how much memory.

Promised: a million made within 60 s and 300 MB, and verified within 60 s. The baseline of making is only
reading the same leaves from the ledger.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.benchmarks.reports import reports

if TYPE_CHECKING:
    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

RECORDS = int(os.environ.get("KBI_BENCH_RECORDS", "1000000"))
_EXPORT = """
import os, sys, django
os.environ["DJANGO_SETTINGS_MODULE"] = "kbi_audit.settings.development"
django.setup()
from django.conf import settings
from compliance.kernel.actor import system
from compliance.reporting.evidence.export import export_evidence
from compliance.reporting.evidence.request import EvidenceRequest
settings.WITNESS_POLICY_FILE = sys.argv[2]
with open(sys.argv[1], "wb") as file:
    for part in export_evidence(request=EvidenceRequest(language="en"), actor=system("benchmark")):
        file.write(part)
"""
# A process begins with the memory of the one that started it, as the system counts: this one is small.
_MEASURE = """
import os, subprocess, sys, time
began = time.perf_counter()
_, status, usage = os.wait4(subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL).pid, 0)
print(time.perf_counter() - began, usage.ru_maxrss / 1024, status)
"""


def measured(*command: str | Path) -> tuple[float, float]:
    """Run a command; return how many seconds it took, and the most megabytes that one of its processes had."""
    told = subprocess.run(
        [sys.executable, "-I", "-S", "-c", _MEASURE, *command], check=True, capture_output=True, text=True
    )
    seconds, megabytes, status = told.stdout.split()
    assert status == "0", told.stderr
    return float(seconds), float(megabytes)


def run(report: Report, _made: Machine) -> None:
    """Record, seal and confirm; make a bundle of all in a fresh process; verify it with Python alone."""
    from compliance.exchanges.bulk import write  # noqa: PLC0415 - Django must be set up first
    from compliance.ledger.tiles import WIDTH  # noqa: PLC0415
    from compliance.reporting.evidence.leaves import tiles_of_leaves  # noqa: PLC0415
    from compliance.reporting.evidence.make_verifier import verifier_program  # noqa: PLC0415
    from tests.exchanges.world import GATEWAY, make_world  # noqa: PLC0415
    from tests.reporting.evidence.make_bundle import publish_now, use_policy  # noqa: PLC0415

    make_world()
    for _ in write(reports=reports(RECORDS), reporter=GATEWAY):
        pass
    with tempfile.TemporaryDirectory(prefix="kbi-bench-evidence-") as home:
        folder = Path(home)
        policy = use_policy(folder)
        size = publish_now()
        assert size == RECORDS
        began = time.perf_counter()
        read = sum(len(leaves) for _, _, leaves in tiles_of_leaves(first=0, end=-(-size // WIDTH), size=size))
        reading = time.perf_counter() - began
        assert read == RECORDS
        bundle = folder / "bundle.zip"
        seconds, megabytes = measured(sys.executable, "-c", _EXPORT, bundle, policy)
        report("evidence, made", RECORDS / seconds, "records/s", RECORDS / reading)
        report("evidence, made in", seconds, "s", None)
        report("evidence, memory while made", megabytes, "MB", None)
        report("evidence, size", bundle.stat().st_size / 1e6, "MB", None)
        program = folder / "verify.py"
        program.write_text(verifier_program(), encoding="utf-8")
        verified, largest = measured(sys.executable, "-I", "-S", program, bundle, "--policy", policy)
        report("evidence, verified", RECORDS / verified, "records/s", None)
        report("evidence, verified in", verified, "s", None)
        report("evidence, memory of the largest verifying process", largest, "MB", None)
