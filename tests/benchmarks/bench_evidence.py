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
MADE_SECONDS = VERIFIED_SECONDS = 60
MEGABYTES = 300
_EXPORT = """
import os, resource, sys, time, django
os.environ["DJANGO_SETTINGS_MODULE"] = "kbi_audit.settings.development"
django.setup()
from django.conf import settings
from compliance.kernel.actor import system
from compliance.reporting.evidence.export import export_evidence
from compliance.reporting.evidence.request import EvidenceRequest
settings.WITNESS_POLICY_FILE = sys.argv[2]
began = time.perf_counter()
with open(sys.argv[1], "wb") as file:
    for part in export_evidence(request=EvidenceRequest(language="en"), actor=system("benchmark")):
        file.write(part)
print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


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
        made = subprocess.run(
            [sys.executable, "-c", _EXPORT, bundle, policy], check=True, capture_output=True, text=True
        )
        seconds, megabytes = map(float, made.stdout.split())
        report("evidence, made", RECORDS / seconds, "records/s", RECORDS / reading)
        report("evidence, made in", seconds, "s", None)
        report("evidence, memory while made", megabytes, "MB", None)
        report("evidence, size", bundle.stat().st_size / 1e6, "MB", None)
        program = folder / "verify.py"
        program.write_text(verifier_program(), encoding="utf-8")
        began = time.perf_counter()
        verifying = subprocess.Popen(
            [sys.executable, "-I", "-S", program, bundle, "--policy", policy], stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(verifying.pid, 0)
        verified = time.perf_counter() - began
        report("evidence, verified", RECORDS / verified, "records/s", None)
        report("evidence, verified in", verified, "s", None)
        report("evidence, memory of the verifying process", usage.ru_maxrss / 1024, "MB", None)
        assert status == 0, status
        share = RECORDS / 1_000_000
        assert seconds <= max(MADE_SECONDS * share, 5), seconds
        assert verified <= max(VERIFIED_SECONDS * share, 5), verified
        assert megabytes <= MEGABYTES, megabytes
