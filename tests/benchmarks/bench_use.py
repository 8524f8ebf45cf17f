"""Counting what of authorisations was used, which reads each entry's bytes, against statistics, which do not."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks.reports import reports
from tests.benchmarks.server import superuser

if TYPE_CHECKING:
    from collections.abc import Callable

    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

ROWS = 200_000
ASKED = 30


def run(report: Report, made: Machine) -> None:
    """Record 200,000 exchanges; count them as statistics do, count what they used, and ask again."""
    from compliance.exchanges.bulk import write  # noqa: PLC0415 - Django must be set up first
    from compliance.statistics.catch_up import catch_up  # noqa: PLC0415
    from compliance.statistics.counting_use import USE  # noqa: PLC0415
    from compliance.statistics.models import VersionUse  # noqa: PLC0415
    from compliance.statistics.rebuild import compare  # noqa: PLC0415
    from tests.exchanges.world import GATEWAY, make_world  # noqa: PLC0415

    make_world()
    for _ in write(reports=reports(ROWS), reporter=GATEWAY):
        pass
    with superuser(made) as database:
        database.execute("VACUUM ANALYZE")
    counting, _followed = _timed(catch_up)
    using, followed = _timed(lambda: catch_up(counts=USE))
    if followed.entries != ROWS or compare(counts=USE):
        message = "The counts are not those of the entries."
        raise AssertionError(message)
    report("use of authorisations, counting", ROWS / using, "entries/s", ROWS / counting)
    empty = median(_timed(lambda: catch_up(counts=USE))[0] for _ in range(ASKED))
    report("use of authorisations, nothing to count", 1000 * empty, "ms", None)
    report("use of authorisations, rows of two months", VersionUse.objects.count(), "rows", None)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = work()
    return time.perf_counter() - began, done
