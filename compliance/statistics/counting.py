"""How entries become counts, in SQL: the one place that says what is counted, for following and for rebuilding.

A record counts once under its own dimensions. A correction also takes away the record that it corrects, under
*that* record's dimensions (found by id), so counts are net. Hours are UTC; days, weeks, months and years are those
of Brussels, and follow from the hour, since Brussels is a whole number of hours from UTC. Only production uses an
authorisation up: a vendor who tests in acceptance must not reach a partner's ceiling.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from compliance.authorisations.models import AuthorisationUse
from compliance.statistics.models import DIMENSIONS, HourCount, MonthCount

if TYPE_CHECKING:
    from collections.abc import Callable

_DIMENSIONS = ", ".join(DIMENSIONS)
_OF_ORIGINAL = ", ".join(f"original.{name}" for name in DIMENSIONS)

# The original is looked up by primary key, whatever the planner believes about the size of the window (OFFSET 0).
HOURS: Final = f"""
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
"""Entries of the transactions from ``start`` until ``end`` (excluded), by hour, dimensions and authorisation."""


@dataclass(frozen=True, slots=True)
class Target:
    """A table of counts, its key, and the query that makes it from ``hours`` (:data:`HOURS`)."""

    table: str
    key: tuple[str, ...]
    query: str

    @property
    def columns(self) -> str:
        """The key, as SQL lists it."""
        return ", ".join(self.key)


_BRUSSELS = "hour AT TIME ZONE 'Europe/Brussels'"

TARGETS: Final = (
    Target(
        HourCount._meta.db_table,
        ("hour", *DIMENSIONS),
        f"SELECT hour, {_DIMENSIONS}, sum(count)::bigint AS count FROM hours GROUP BY hour, {_DIMENSIONS}",  # noqa: S608
    ),
    Target(
        MonthCount._meta.db_table,
        ("month", *DIMENSIONS),
        f"SELECT date_trunc('month', {_BRUSSELS})::date AS month, {_DIMENSIONS}, sum(count)::bigint AS count"  # noqa: S608
        f" FROM hours GROUP BY 1, {_DIMENSIONS}",
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
    ),
)


def counting(write: Callable[[Target], str]) -> str:
    """Return the statement that writes every table of counts as ``write`` says, and tells how many entries it read."""
    writes = ", ".join(f"into_{target.table} AS ({write(target)})" for target in TARGETS)
    read = "SELECT coalesce(sum(count) FILTER (WHERE count > 0), 0)::bigint FROM hours"
    return f"WITH hours AS MATERIALIZED ({HOURS}), {writes} {read}"


def upsert(target: Target) -> str:
    """Return the query that adds to what is there."""
    return f"{insert(target)} ON CONFLICT ({target.columns}) DO UPDATE SET count = kept.count + excluded.count"


def insert(target: Target) -> str:
    """Return the query that fills an empty table."""
    return f"INSERT INTO {target.table} AS kept ({target.columns}, count) {target.query}"
