"""A piece of an import file on its way to the process that reads and records it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence


class Format(StrEnum):
    """How exchanges stand in a file."""

    NDJSON = "ndjson"
    CSV = "csv"
    PARQUET = "parquet"


class Position(NamedTuple):
    """Where a record begins: the byte (Parquet: the row) before it, and its line (row) as people count, from 1."""

    offset: int
    line: int


class Chunk(NamedTuple):
    """Records that are written in one transaction, as bytes: decoding is for the process that writes them.

    ``records`` holds one element a line of ``lines``; with Parquet, one Arrow stream of all. ``columns``
    is the header of a CSV file.
    """

    format: Format
    end: Position
    lines: Sequence[int]
    records: Sequence[bytes]
    columns: tuple[str, ...] = ()
