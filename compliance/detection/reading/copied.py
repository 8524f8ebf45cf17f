"""Rows out of the server as a table: by COPY, which is ten times as quick as fetching them."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import polars as pl
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Mapping


def copied(query: str, told: Mapping[str, object], schema: pl.Schema) -> pl.DataFrame:
    """Return the rows of a query, whose columns are those of the schema. Text that is empty and none are both null.

    Moments must be read as microseconds since 1970 (:func:`micros`), what is true or not as 1 or 0.
    """
    read = pl.Schema({name: _as_read(kind) for name, kind in schema.items()})
    buffer = BytesIO()
    with connection.cursor() as cursor, cursor.copy(f"COPY ({query}) TO STDOUT (FORMAT CSV)", told) as copy:
        for block in copy:
            buffer.write(block)
    if not buffer.tell():
        return pl.DataFrame(schema=schema)
    table = pl.read_csv(buffer.getvalue(), has_header=False, schema=read)
    return table.select(pl.col(name).cast(kind) for name, kind in schema.items())


def micros(column: str) -> str:
    """Say in SQL how a moment is read."""
    return f"(extract(epoch FROM {column}) * 1000000)::bigint"


def pseudonym(column: str) -> str:
    """Say in SQL how the sixteen bytes of a pseudonym are read as a number: the first eight, signed."""
    return f"('x' || encode(substring({column} FROM 1 FOR 8), 'hex'))::bit(64)::bigint"


def _as_read(kind: pl.DataType) -> pl.DataType:
    return pl.Int64() if isinstance(kind, pl.Datetime | pl.Boolean) else kind
