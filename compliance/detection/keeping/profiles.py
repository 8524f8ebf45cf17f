"""Keep what is remembered of a day: its rows are written as they are now, and those that are gone are taken away.

Never added to what is there: whatever came late, and however often a day is looked at, the rows are the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

import polars as pl
from django.db import connection

from compliance.detection.reading.copied import copied, micros

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

_KNOW = """
    INSERT INTO compliance_knownuse AS known (partner, service, "user", first, last)
    SELECT partner, service, "user", day, day FROM compliance_userday WHERE day = %(day)s
    ON CONFLICT (partner, service, "user")
    DO UPDATE SET first = least(known.first, excluded.first), last = greatest(known.last, excluded.last)
     WHERE known.first > excluded.first OR known.last < excluded.last
"""
_SAME = """used.partner = known.partner AND used.service = known.service
           AND (used."user" = known."user" OR (used."user" IS NULL AND known."user" IS NULL))"""
# What was known by this day alone, or from or up to it, and is not of this day any more: corrected, or erased.
_UNKNOW = f"""
    WITH gone AS (
        SELECT known.id, first, last,
               (SELECT min(day) FROM compliance_userday AS used WHERE {_SAME}) AS earliest,
               (SELECT max(day) FROM compliance_userday AS used WHERE {_SAME}) AS latest
          FROM unnest(%(partners)s::text[], %(services)s::text[], %(users)s::bigint[])
               AS lost (partner, service, "user")
          JOIN compliance_knownuse AS known
            ON known.partner = lost.partner AND known.service = lost.service
               AND (known."user" = lost."user" OR (known."user" IS NULL AND lost."user" IS NULL))
         WHERE first = %(day)s OR last = %(day)s),
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
    lost = _write(_USER_DAYS, day, user_days)
    _write(_PRODUCER_DAYS, day, profile.sequences.with_columns(day=pl.lit(day)))
    with connection.cursor() as database:
        database.execute(_KNOW, {"day": day})
        if not lost.is_empty():
            told = {f"{name}s": lost.get_column(name).to_list() for name in ("partner", "service", "user")}
            database.execute(_UNKNOW, {"day": day, **told})


def _write(table: _Table, day: date, rows: pl.DataFrame) -> pl.DataFrame:
    """Write what differs from what is there; return the rows that are gone.

    They are compared here: of a day that nobody has seen yet the planner would think that it is empty.
    """
    there = _read(table, day, rows.schema)
    key = list(table.key)
    gone = there.join(rows, on=key, how="anti", nulls_equal=True)
    new = rows.join(there.drop("id"), on=rows.columns, how="anti", nulls_equal=True)
    columns = ", ".join(f'"{name}"' for name in rows.columns)
    told = ", ".join(f"%s::{_type(rows.schema[name])}[]" for name in rows.columns)
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in rows.columns if name not in key)
    conflict = ", ".join(f'"{name}"' for name in key)
    with connection.cursor() as database:
        if not gone.is_empty():
            statement = f"DELETE FROM {table.name} WHERE id = ANY(%s)"  # noqa: S608 every word is our own
            database.execute(statement, [gone.get_column("id").to_list()])
        if not new.is_empty():
            database.execute(
                f"INSERT INTO {table.name} ({columns}) SELECT * FROM unnest({told}) "  # noqa: S608
                f"ON CONFLICT ({conflict}) DO UPDATE SET {sets}",
                [new.get_column(name).to_list() for name in rows.columns],
            )
    return gone


def _read(table: _Table, day: date, schema: pl.Schema) -> pl.DataFrame:
    columns = ", ".join(
        micros(f'"{name}"') if isinstance(kind, pl.Datetime) else f'"{name}"' for name, kind in schema.items()
    )
    query = f"SELECT id, {columns} FROM {table.name} WHERE day = %(day)s"  # noqa: S608 every word is our own
    return copied(query, {"day": day}, pl.Schema({"id": pl.Int64(), **schema}))


def _type(kind: pl.DataType) -> str:
    return "timestamptz" if isinstance(kind, pl.Datetime) else _TYPES[kind]
