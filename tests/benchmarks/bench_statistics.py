"""Counting against the server's own GROUP BY over the same rows, and the answer that is read from the counts."""

from __future__ import annotations

import time
from statistics import median
from typing import TYPE_CHECKING, Any

from tests.benchmarks.server import superuser

if TYPE_CHECKING:
    from collections.abc import Callable

    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

TRANSACTIONS, ENTRIES = 40, 50_000
ASKED = 30

# As dense as 2016 at full scale: a day of fifty thousand entries, in its working hours.
FILL = """
INSERT INTO exchanges_exchange (recorded_at, started_at, id, subject_count, record_count, log, producer,
    message_reference, partner, asker, on_behalf_of, source, service, service_version, purpose, legal_basis, route,
    direction, trigger, environment, outcome, service_outcome, verdict, authorisation, confidentiality, fingerprint)
SELECT now(), moment, encode(substring(uuid_send(uuid_floor(moment)) FOR 6) || '\\x7000'::bytea
        || substring(sha256(n::text::bytea) FOR 8), 'hex')::uuid,
    1, 1, 1, 'KBI', 'REF-' || n, partner, partner, '', 'KBI', 'KBI-' || (ARRAY['TRAJECT', 'NT2'])[1 + n %% 2], '1.0',
    'BEMIDDELING', 'DECREET', 'MAGDA', 'provided', CASE WHEN n %% 10 = 0 THEN 'manual' ELSE 'automatic' END,
    'production',
    CASE n %% 100 WHEN 1 THEN 'failed' WHEN 2 THEN 'unanswered' WHEN 3 THEN 'no-data' ELSE 'succeeded' END,
    '', CASE WHEN n %% 997 = 0 THEN 'category-outside' ELSE 'covered' END, partner || '/PROTOCOL/1', 'normal', ''
  FROM (SELECT n,
               (ARRAY['CVO-CBE', 'CVO-CBE', 'CVO-CBE', 'AHOVOKS', 'VMSW', 'VDAB', 'OCMW-GENT'])[1 + n %% 7] AS partner,
               timestamptz '2016-03-01 07:00+00' + %s * interval '1 day' + (n %% %s) * interval '0.72 second' AS moment
          FROM generate_series(%s, %s) AS n) AS told
"""


def run(report: Report, made: Machine) -> None:
    """Count two million entries, ask again when there is nothing to count, and answer the question of the minister."""
    from compliance.statistics.catch_up import catch_up  # noqa: PLC0415 - Django must be set up first
    from compliance.statistics.rebuild import compare  # noqa: PLC0415

    with superuser(made) as database:
        for month in (3, 4):
            database.execute(f"SELECT make_month('2016-{month:02}-01')")
        for day in range(TRANSACTIONS):
            first = day * ENTRIES
            database.execute(FILL % (day, ENTRIES, first, first + ENTRIES - 1))
        database.execute("VACUUM ANALYZE exchanges_exchange")
        rows = TRANSACTIONS * ENTRIES
        took, followed = _timed(catch_up)
        if followed.entries != rows or compare():
            message = "The counts are not those of the entries."
            raise AssertionError(message)
        grouped, _rows = _timed(lambda: database.execute(_grouped()).fetchall())
    report("statistics, counting", rows / took, "entries/s", rows / grouped)
    report("statistics, nothing to count", 1000 * median(_timed(catch_up)[0] for _ in range(ASKED)), "ms", None)
    _answers(report)


def _grouped() -> str:
    from compliance.statistics.models import DIMENSIONS  # noqa: PLC0415

    names = ", ".join(DIMENSIONS)
    inner = f"SELECT date_trunc('hour', started_at), {names}, count(*) FROM exchanges_exchange GROUP BY 1, {names}"  # noqa: S608 every word is our own
    return f"SELECT count(*) FROM ({inner}) AS hours"  # noqa: S608 every word is our own


def _answers(report: Report) -> None:
    from django.db import connection  # noqa: PLC0415

    from compliance.registry.load import load_register  # noqa: PLC0415
    from compliance.reporting.answer import build_answer  # noqa: PLC0415
    from compliance.reporting.months import Month  # noqa: PLC0415
    from compliance.reporting.present_answer import present_answer  # noqa: PLC0415
    from compliance.statistics.models import MonthCount  # noqa: PLC0415
    from tests.reporting.counts import count  # noqa: PLC0415
    from tests.reporting.reference import months  # noqa: PLC0415

    load_register()
    MonthCount.objects.all().delete()
    MonthCount.objects.bulk_create(
        count(month, partner, exchanges // 60, service=f"S-{service}", outcome=f"o-{outcome}", verdict=f"v-{verdict}")
        for month, partner, exchanges in months()
        for service in range(5)
        for outcome in range(4)
        for verdict in range(3)
    )
    spent: list[float] = []

    def watch(execute: Callable[..., Any], *query: Any) -> Any:
        seconds, found = _timed(lambda: execute(*query))
        spent[-1] += seconds
        return found

    def ask() -> None:
        answer = build_answer(first=Month(2016, 1), last=Month(2016, 12), compare=(2015, 2014))
        present_answer(answer=answer, language="nl")

    took: list[float] = []
    for _ in range(ASKED):
        spent.append(0.0)
        with connection.execute_wrapper(watch):
            took.append(_timed(ask)[0])
    report("answer, in the database", 1000 * median(spent), "ms", None)
    report("answer, with its words and chart", 1000 * median(took), "ms", None)


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    done = work()
    return time.perf_counter() - began, done
