"""Keep what is remembered of a day: its rows are written as they are now, and those that are gone are taken away.

Never added to what is there: whatever came late, and however often a day is looked at, the rows are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl
from django.db import connection

if TYPE_CHECKING:
    from datetime import date

    from compliance.detection.detectors.profiles import DayProfile

_TYPES: Final = {pl.Int64(): "bigint", pl.Int32(): "integer", pl.String(): "text", pl.Date(): "date"}


class _Table(NamedTuple):
    name: str
    key: tuple[str, ...]


_PAIRS = _Table("compliance_pairday", ("day", "partner", "user", "person"))
_USER_DAYS = _Table("compliance_userday", ("day", "partner", "service", "user"))
_PRODUCER_DAYS = _Table("compliance_producerday", ("producer", "day"))

_SAME = (
    'used.partner = known.partner AND used.service = known.service AND used."user" IS NOT DISTINCT FROM known."user"'
)
_KNOW = """
    INSERT INTO compliance_knownuse AS known (partner, service, "user", first, last)
    SELECT partner, service, "user", day, day FROM compliance_userday WHERE day = %(day)s
    ON CONFLICT (partner, service, "user")
    DO UPDATE SET first = least(known.first, excluded.first), last = greatest(known.last, excluded.last)
     WHERE known.first > excluded.first OR known.last < excluded.last
"""
# What was known by this day alone, or from or up to it, and is not of this day any more: corrected, or erased.
_UNKNOW = f"""
    WITH gone AS (
        SELECT id, first, last,
               (SELECT min(day) FROM compliance_userday AS used WHERE {_SAME}) AS earliest,
               (SELECT max(day) FROM compliance_userday AS used WHERE {_SAME}) AS latest
          FROM compliance_knownuse AS known
         WHERE (first = %(day)s OR last = %(day)s)
           AND NOT EXISTS (SELECT FROM compliance_userday AS used WHERE used.day = %(day)s AND {_SAME})),
    forgotten AS (
        DELETE FROM compliance_knownuse USING gone
         WHERE compliance_knownuse.id = gone.id AND gone.first = %(day)s AND gone.earliest IS NULL)
    UPDATE compliance_knownuse AS known
       SET first = CASE WHEN gone.first = %(day)s THEN gone.earliest ELSE gone.first END,
           last = CASE WHEN gone.last = %(day)s THEN coalesce(gone.latest, gone.first) ELSE gone.last END
      FROM gone WHERE known.id = gone.id AND NOT (gone.first = %(day)s AND gone.earliest IS NULL)
"""  # noqa: S608 every word is our own


def keep_profile(day: date, profile: DayProfile) -> None:
    """Write the rows of a day, in the caller's transaction."""
    machines = profile.uses.filter(pl.col("user").is_null()).select("partner", "service", "user", day="first")
    user_days = pl.concat([profile.user_days, machines], how="diagonal").with_columns(
        pl.col(name).fill_null(0)
        for name in ("look_ups", "persons", "unexplained", "without_dossier", "by_name", "hours")
    )
    _write(_PAIRS, day, profile.pairs)
    _write(_USER_DAYS, day, user_days)
    _write(_PRODUCER_DAYS, day, profile.sequences.with_columns(day=pl.lit(day)))
    with connection.cursor() as database:
        database.execute(_KNOW, {"day": day})
        database.execute(_UNKNOW, {"day": day})


def _write(table: _Table, day: date, rows: pl.DataFrame) -> None:
    columns = ", ".join(f'"{name}"' for name in rows.columns)
    values = [name for name in rows.columns if name not in table.key]
    told = ", ".join(f"%s::{_type(rows.schema[name])}[]" for name in rows.columns)
    same = " AND ".join(f'kept."{name}" IS NOT DISTINCT FROM told."{name}"' for name in table.key)
    changed = " OR ".join(f'kept."{name}" IS DISTINCT FROM excluded."{name}"' for name in values)
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in values)
    key = ", ".join(f'"{name}"' for name in table.key)
    lists = [rows.get_column(name).to_list() for name in rows.columns]
    from_told = f"unnest({told}) AS told ({columns})"
    with connection.cursor() as database:
        database.execute(
            f"WITH told AS MATERIALIZED (SELECT * FROM {from_told}) "  # noqa: S608 every word is our own
            f"DELETE FROM {table.name} AS kept WHERE day = %s AND NOT EXISTS (SELECT FROM told WHERE {same})",
            [*lists, day],
        )
        database.execute(
            f"INSERT INTO {table.name} AS kept ({columns}) SELECT {columns} FROM {from_told} "  # noqa: S608
            f"ON CONFLICT ({key}) DO UPDATE SET {sets} WHERE {changed}",
            lists,
        )


def _type(kind: pl.DataType) -> str:
    return "timestamptz" if isinstance(kind, pl.Datetime) else _TYPES[kind]
