"""All detectors over days of full volume: the hour that came in, a day, and history, against the server's own COPY out.

The figures of a year follow: it has 18.5 million exchanges, and 366 days.
"""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from django.core.management import call_command

from tests.benchmarks.server import superuser

if TYPE_CHECKING:
    from collections.abc import Callable

    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

FIRST, DAYS = 60, 8  # from 1 March 2016 on
HOUR = 20_000
_TABLES = ("ledger_entry", "ledger_opening", "exchanges_exchange")


def run(report: Report, made: Machine) -> None:
    """Record eight days, look back at all but the last, then look at that, and at what an hour of it would be."""
    from compliance.detection.follow import mark_all  # noqa: PLC0415 - Django must be set up first
    from compliance.detection.in_force import in_force  # noqa: PLC0415
    from compliance.detection.look import look, see  # noqa: PLC0415
    from compliance.detection.look_back import look_back  # noqa: PLC0415
    from compliance.detection.reading.baseline import read_profiles  # noqa: PLC0415
    from compliance.detection.reading.day import read_day  # noqa: PLC0415
    from compliance.detection.reading.register import read_register  # noqa: PLC0415
    from compliance.kernel.clock import now  # noqa: PLC0415
    from compliance.ledger.logs import LogNumber  # noqa: PLC0415
    from compliance.ledger.seal import Sealer  # noqa: PLC0415
    from compliance.simulation.days import days  # noqa: PLC0415
    from compliance.statistics.catch_up import catch_up  # noqa: PLC0415

    exchanges = _record()
    Sealer(LogNumber.EXCHANGES).seal_all()
    catch_up()
    marking, _ = _timed(mark_all)
    report("detection, marking hours", exchanges / marking, "exchanges/s", None)
    with superuser(made) as database:
        database.execute("VACUUM ANALYZE")
        (folder,) = database.execute("SHOW data_directory").fetchone() or ("",)
        copies = [f"COPY (TABLE {table}) TO '{folder}/{table}.copy' (FORMAT BINARY)" for table in _TABLES]
        copying, _ = _timed(lambda: [database.execute(copy) for copy in copies])
    first, last = (days()[number].date for number in (FIRST, FIRST + DAYS - 1))
    busy = time.process_time()
    looking, looked = _timed(lambda: look_back(since=first, until=last - timedelta(days=1)))
    busy = time.process_time() - busy
    if looked.failures:
        raise AssertionError(looked.failures)
    report("detection, history", looked.exchanges / looking, "exchanges/s", exchanges / copying)

    report("detection, history, processor time", looked.exchanges / busy, "exchanges/s", None)

    using = in_force()
    day, seen = _timed(lambda: look(last, using=using))
    report(f"detection, a day of {seen.exchanges:,}", day, "s", None)
    again, _ = _timed(lambda: look(last, using=using))
    report("detection, the same day again", again, "s", None)
    read = read_day(last)
    baseline = read_profiles(last, read_register(last))
    rows = read.traffic.rows.unique("exchange", maintain_order=True).head(HOUR)
    hour = replace(read, traffic=read.traffic._replace(rows=rows))
    asking, _ = _timed(lambda: see(hour, baseline, until=now(), using=using))
    report(f"detection, {HOUR:,} by all detectors", asking, "s", None)


def _record() -> int:
    from compliance.simulation.processes import record_together  # noqa: PLC0415
    from compliance.simulation.replay import begin  # noqa: PLC0415

    call_command("load_register", verbosity=0)
    begin(scale=Fraction(1), seed=2016)
    blocks = [(number,) for number in range(FIRST, FIRST + DAYS)]
    return sum(done.new for done in record_together(blocks, seed=2016, scale=Fraction(1), workers=2))


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = work()
    return time.perf_counter() - began, done
