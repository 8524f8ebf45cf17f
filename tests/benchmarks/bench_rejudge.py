"""Judging recorded history again: entries a second in one process, against only reading them."""

from __future__ import annotations

import time
from datetime import date
from typing import TYPE_CHECKING

from tests.benchmarks.reports import reports

if TYPE_CHECKING:
    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

ROWS = 200_000


def run(report: Report, _made: Machine) -> None:
    """Record 200,000 exchanges; judge them again by today's authorisations, and with one narrowed."""
    from django.db import connection  # noqa: PLC0415 - Django must be set up first

    from compliance.authorisations.narrow import Narrowing, narrow  # noqa: PLC0415
    from compliance.authorisations.snapshot import current_snapshot  # noqa: PLC0415
    from compliance.exchanges.bulk import write  # noqa: PLC0415
    from compliance.exchanges.rejudge import rejudge  # noqa: PLC0415
    from compliance.exchanges.stream_leaves import stream_leaves  # noqa: PLC0415
    from compliance.kernel.clock import EPOCH, now  # noqa: PLC0415
    from tests.exchanges.world import GATEWAY, make_world  # noqa: PLC0415

    make_world()
    for _ in write(reports=reports(ROWS), reporter=GATEWAY):
        pass
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE ledger_entry")
    began = time.perf_counter()
    assert sum(1 for _ in stream_leaves(start=EPOCH, end=now())) == ROWS
    reading = ROWS / (time.perf_counter() - began)
    narrowing = Narrowing(authorisation="TEST-PROTOCOL", categories=frozenset({"TRAJECT"}), hours=("08:00", "18:00"))
    for name, terms, outside in (
        ("today's authorisations", None, 0),
        ("one narrowed", narrow(current_snapshot().terms, narrowing), ROWS),
    ):
        began = time.perf_counter()
        found = rejudge(first=date(2016, 1, 1), last=date(2016, 12, 31), terms=terms)
        rate = ROWS / (time.perf_counter() - began)
        assert (found.judged, found.differing) == (ROWS, outside)
        report(f"rejudge, {name}", rate, "entries/s", reading)
