"""Rows out of a file, CSV, NDJSON or Parquet, each with its line: nothing is kept until all are read."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from compliance.exchanges.read_reports import MOST_ERRORS, shape_error
from compliance.kernel.errors import FieldError, InvalidInputError, MalformedInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

T = TypeVar("T", bound=msgspec.Struct)
_COLON = ":"
PERSONS = ("person", "holder")


def read_file(path: Path, kind: type[T]) -> tuple[list[T], list[int]]:
    """Return what a file tells, and the line of each (in CSV as an editor counts, in Parquet the row, from 1).

    Raises :class:`InvalidInputError`, whose pointers begin with the line.
    """
    told: list[T] = []
    lines: list[int] = []
    errors: list[FieldError] = []
    try:
        for line, fields in _reader(path)(path):
            try:
                told.append(msgspec.convert(_nested(fields), kind, strict=False))
                lines.append(line)
            except msgspec.ValidationError as error:
                found = shape_error(error)
                errors.append(FieldError(f"/{line}{found.pointer}", found.detail, found.code))
                if len(errors) >= MOST_ERRORS:
                    break
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "it is not what its name says it is"
        raise MalformedInputError(detail=f"{path.name} cannot be read: {why}.") from error
    if errors:
        raise InvalidInputError(errors=tuple(errors))
    return told, lines


def at_lines(error: InvalidInputError, lines: Sequence[int]) -> tuple[FieldError, ...]:
    """Return errors whose pointers begin with a position as errors that begin with its line."""
    return tuple(_at_line(one, lines) for one in error.errors)


def _at_line(error: FieldError, lines: Sequence[int]) -> FieldError:
    _, position, *rest = error.pointer.split("/")
    return FieldError("/".join(["", str(lines[int(position)]), *rest]), error.detail, error.code)


def _reader(path: Path) -> Callable[[Path], Iterator[tuple[int, dict[str, Any]]]]:
    match path.suffix.lower():
        case ".csv":
            return _csv
        case ".ndjson" | ".jsonl":
            return _lines
        case ".parquet":
            return _parquet
    raise MalformedInputError(detail=f"{path.name}: name it .csv, .ndjson or .parquet, as what it holds.")


def _csv(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(newline="", encoding="utf-8-sig") as file:
        rows = csv.DictReader(file, strict=True, restkey="too many columns")
        for row in rows:
            yield rows.line_num, {name: value for name, value in row.items() if value not in {None, ""}}


def _lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, start=1):
            if line.strip():
                yield number, json.loads(line)


def _parquet(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    from pyarrow import parquet  # noqa: PLC0415 - slow, and only Parquet needs it

    with parquet.ParquetFile(path) as file:
        number = 0
        for batch in file.iter_batches():
            for row in batch.to_pylist():
                number += 1
                yield number, {name: value for name, value in row.items() if value not in (None, "")}


def _nested(fields: dict[str, Any]) -> dict[str, Any]:
    """Return fields in which a person written as text is one: a national number, or ``kind:value``."""
    return {
        name: _person(value) if name in PERSONS and isinstance(value, (str, int)) else value
        for name, value in fields.items()
    }


def _person(told: str | int) -> dict[str, str]:
    kind, colon, value = str(told).partition(_COLON)
    return {"kind": kind, "value": value} if colon else {"value": str(told)}
