"""How entries become counts, in SQL: the one place that says what is counted, for following and for rebuilding.

A record counts once under its own dimensions. A correction also takes away the record that it corrects, under
*that* record's dimensions (found by id), so counts are net. Hours are UTC; days, weeks, months and years are those
of Brussels, and follow from the hour, since Brussels is a whole number of hours from UTC. Only production uses an
authorisation up: a vendor who tests in acceptance must not reach a partner's ceiling.
"""

from __future__ import annotations

from typing import Final

from compliance.authorisations.models import AuthorisationUse
from compliance.statistics.counts import Counts, Target
from compliance.statistics.models import DIMENSIONS, HourCount, MonthCount
from compliance.statistics.names import FOLLOWER

_DIMENSIONS = ", ".join(DIMENSIONS)
_OF_ORIGINAL = ", ".join(f"original.{name}" for name in DIMENSIONS)

# The original is looked up by primary key, whatever the planner believes about the size of the window (OFFSET 0).
_HOURS = f"""
    SELECT date_bin('1 hour', started_at, '2000-01-01 00:00+00') AS hour, {_DIMENSIONS}, authorisation,
           count(*) AS count
      FROM exchanges_exchange
     WHERE xid >= %(start)s AND xid < %(end)s
     GROUP BY 1, {_DIMENSIONS}, authorisation
    UNION ALL
    SELECT date_bin('1 hour', original.started_at, '2000-01-01 00:00+00'), {_OF_ORIGINAL}, original.authorisation,
           -count(*)
      FROM exchanges_exchange AS correction
     CROSS JOIN LATERAL (
           SELECT * FROM exchanges_exchange
            WHERE id = correction.corrects AND log = correction.log OFFSET 0) AS original
     WHERE correction.xid >= %(start)s AND correction.xid < %(end)s AND correction.corrects IS NOT NULL
     GROUP BY 1, {_OF_ORIGINAL}, original.authorisation
"""  # noqa: S608 every word is our own

_BRUSSELS = "hour AT TIME ZONE 'Europe/Brussels'"

STATISTICS: Final = Counts(
    FOLLOWER,
    "hours",
    _HOURS,
    (
        Target(
            HourCount._meta.db_table,
            ("hour", *DIMENSIONS),
            f"SELECT hour, {_DIMENSIONS}, sum(count)::bigint AS count FROM hours GROUP BY hour, {_DIMENSIONS}",  # noqa: S608
            "hour",
            "hour + interval '1 hour'",
        ),
        Target(
            MonthCount._meta.db_table,
            ("month", *DIMENSIONS),
            f"SELECT date_trunc('month', {_BRUSSELS})::date AS month, {_DIMENSIONS}, sum(count)::bigint AS count"  # noqa: S608
            f" FROM hours GROUP BY 1, {_DIMENSIONS}",
            "month::timestamp AT TIME ZONE 'Europe/Brussels'",
            "(month + interval '1 month') AT TIME ZONE 'Europe/Brussels'",
        ),
        Target(
            AuthorisationUse._meta.db_table,
            ("authorisation", "period", "period_start"),
            f"""SELECT regexp_replace(authorisation, '/[^/]*$', '') AS authorisation, period,
                       date_trunc(period, day)::date AS period_start, sum(count)::bigint AS count
                  FROM (SELECT authorisation, ({_BRUSSELS})::date::timestamp AS day, sum(count) AS count
                          FROM hours WHERE authorisation <> '' AND environment = 'production' GROUP BY 1, 2) AS days
                 CROSS JOIN unnest(ARRAY['day', 'week', 'month', 'year']) AS period
                 GROUP BY 1, 2, 3""",  # noqa: S608
            "period_start::timestamp AT TIME ZONE 'Europe/Brussels'",
            "(period_start + ('1 ' || period)::interval) AT TIME ZONE 'Europe/Brussels'",
        ),
    ),
)
"""Entries by hour, dimensions and authorisation, and the three tables that are made of them."""
