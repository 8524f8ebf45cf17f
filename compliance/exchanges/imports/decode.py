"""Reports out of a chunk's bytes, or what is wrong with their shape."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any, assert_never

import msgspec
from django.conf import settings

from compliance.exchanges.imports.chunk import Format
from compliance.exchanges.imports.columns import Rows
from compliance.exchanges.imports.quotes import is_closed
from compliance.exchanges.imports.stopped import ImportStoppedError
from compliance.exchanges.read_reports import read_one, shape_error
from compliance.exchanges.submission import Submission
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.exchanges.imports.chunk import Chunk

Decoded = Submission | tuple[FieldError, ...]


def decode(chunk: Chunk) -> Iterator[Decoded]:
    """Yield, for each line of a chunk, its report or its errors. No error quotes a value."""
    match chunk.format:
        case Format.NDJSON:
            yield from map(_json, chunk.records)
        case Format.CSV:
            rows = Rows(chunk.columns)
            yield from (_row(rows, len(chunk.columns), record) for record in chunk.records)
        case Format.PARQUET:
            yield from _table(chunk.records[0])
        case _:
            assert_never(chunk.format)


def _json(record: bytes) -> Decoded:
    if len(record) > settings.MAX_RECORD_BYTES:
        return (_too_large(),)
    try:
        return read_one(record)
    except InvalidInputError as error:
        return error.errors or (FieldError("", error.detail, error.problem_type),)


def _row(rows: Rows, columns: int, record: bytes) -> Decoded:
    if len(record) > settings.MAX_RECORD_BYTES:
        return (_too_large(),)
    if b'"' in record and not is_closed(record):
        message = "The quotes of this record make no sense. Double a quote within quotes, as RFC 4180 asks."
        return (FieldError("", message, "malformed-input"),)
    try:
        values = next(csv.reader([record.decode()], strict=True))
    except UnicodeDecodeError:
        return (FieldError("", "This is not UTF-8. Write the file in UTF-8.", "malformed-input"),)
    except csv.Error:
        message = "This record holds a line break outside quotes."
        return (FieldError("", message, "malformed-input"),)
    if len(values) != columns:
        message = f"This record has {len(values)} fields and the header {columns}. Quote fields that hold a comma."
        return (FieldError("", message, "malformed-input"),)
    return _convert(rows.nested(values))


def _table(octets: bytes) -> Iterator[Decoded]:
    from compliance.exchanges.imports.arrow import names_and_rows  # noqa: PLC0415 - slow, and only Parquet needs it

    try:
        names, table = names_and_rows(octets)
    except ValueError as error:
        raise ImportStoppedError(
            detail="The Parquet file holds values that are not of their columns' types."
        ) from error
    rows = Rows(names)
    for values in table:
        yield _convert(rows.nested(values))


def _convert(report: dict[str, Any]) -> Decoded:
    try:
        return msgspec.convert(report, Submission, strict=False)
    except msgspec.ValidationError as error:
        return (shape_error(error),)


def _too_large() -> FieldError:
    return FieldError("", f"This record is larger than {settings.MAX_RECORD_BYTES} bytes.", "too-large")
