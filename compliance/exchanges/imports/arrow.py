"""Rows as bytes between processes: Arrow streams, and the values in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


def to_bytes(batch: pa.RecordBatch) -> bytes:
    """Write a batch as a stream."""
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, batch.schema) as stream:
        stream.write_batch(batch)
    return bytes(sink.getvalue())


def rows_of(octets: bytes, places: Sequence[int]) -> bytes:
    """Write some rows of a stream as a stream of their own."""
    return to_bytes(_read(octets).take(places).combine_chunks().to_batches()[0])


def names_and_rows(octets: bytes) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """Return the dotted names of the columns of a stream, and the values of each row."""
    table = flat(_read(octets))
    return list(table.column_names), zip(*map(_values, table.columns), strict=True)


def flat(table: pa.Table) -> pa.Table:
    """Make dotted columns of structures."""
    while any(pa.types.is_struct(field.type) for field in table.schema):
        table = table.flatten()
    return table


def _read(octets: bytes) -> pa.Table:
    with pa.ipc.open_stream(octets) as stream:
        return stream.read_all()


def _values(column: pa.ChunkedArray) -> list[Any]:
    kind = column.type
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        column = column.cast(pa.timestamp("us", kind.tz), safe=False)
    values: list[Any] = column.to_pylist()
    if pa.types.is_list(kind) and pa.types.is_struct(kind.value_type):
        return [persons and [_present(person) for person in persons] for persons in values]
    return values


def _present(person: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in person.items() if value is not None}
