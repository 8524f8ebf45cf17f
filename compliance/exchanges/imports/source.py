"""Where exchanges are imported from: a file or standard input, in one of the formats."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, assert_never

from django.conf import settings

from compliance.exchanges.imports.chunk import Chunk, Format, Position
from compliance.exchanges.imports.lines import Lines
from compliance.exchanges.imports.read_csv import CsvReader
from compliance.exchanges.imports.read_ndjson import NdjsonReader
from compliance.exchanges.imports.stopped import ImportStoppedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

STDIN = "-"
_SUFFIXES = {
    ".ndjson": Format.NDJSON,
    ".jsonl": Format.NDJSON,
    ".json": Format.NDJSON,
    ".csv": Format.CSV,
    ".parquet": Format.PARQUET,
    ".pq": Format.PARQUET,
}


class Reader(Protocol):
    """Cuts a source into chunks."""

    def skip_to(self, position: Position) -> None:
        """Go on at a position that a chunk ended at."""

    def read(self, count: int) -> Chunk | None:
        """Return the next chunk of at most ``count`` records, or ``None`` at the end."""


class Source:
    """An opened file or standard input, and the reader of its format."""

    def __init__(self, stream: BinaryIO, *, kind: Format, size: int | None) -> None:
        """Make the reader. Raises :class:`ImportStoppedError` when the source is not of this format."""
        self._size = size
        self._lines: Lines | None = None
        longest = int(settings.MAX_RECORD_BYTES)
        self.rows: int | None = None
        self.reader: Reader
        if kind is Format.PARQUET:
            # It takes a third of a second to load, and only Parquet needs it.
            from compliance.exchanges.imports.read_parquet import ParquetReader  # noqa: PLC0415

            parquet = ParquetReader(stream)
            self.reader, self.rows = parquet, parquet.rows
            return
        self._lines = Lines(stream, longest=longest)
        match kind:
            case Format.NDJSON:
                self.reader = NdjsonReader(self._lines)
            case Format.CSV:
                self.reader = CsvReader(self._lines, longest=longest)
            case _:
                assert_never(kind)

    def expected(self, read: int) -> int | None:
        """Estimate, after reading some records, how many there are in all; ``None`` for standard input."""
        if self._size is None or self._lines is None:
            return self.rows
        taken = self._lines.taken
        return round(read * self._size / taken) if taken and read else None


@contextmanager
def open_source(name: str, *, kind: Format | None) -> Iterator[Source]:
    """Open a file, or standard input for ``-``; ``kind`` is known from the name's end unless it is given."""
    known = kind or format_of(name)
    if name == STDIN:
        yield Source(sys.stdin.buffer, kind=known, size=None)
        return
    path = Path(name)
    try:
        with path.open("rb") as stream:
            yield Source(stream, kind=known, size=path.stat().st_size)
    except OSError as error:
        raise ImportStoppedError(detail=f"{name} cannot be read: {error.strerror}.") from error


def format_of(name: str) -> Format:
    """Tell the format from the end of a file's name, without ``.gz``; standard input is NDJSON."""
    if name == STDIN:
        return Format.NDJSON
    found = _SUFFIXES.get(Path(name.removesuffix(".gz")).suffix.lower())
    if found is None:
        message = f"The format of {name} does not show in its name. Say --format ndjson, csv or parquet."
        raise ImportStoppedError(detail=message)
    return found
