"""Parquet: nested or dotted columns, read batch by batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq

from compliance.exchanges.imports.arrow import flat, to_bytes
from compliance.exchanges.imports.chunk import Chunk, Format, Position
from compliance.exchanges.imports.columns import check_columns
from compliance.exchanges.imports.stopped import ImportStoppedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO


class ParquetReader:
    """Cuts the rows of a file into chunks."""

    def __init__(self, stream: BinaryIO) -> None:
        """Read the schema. Raises :class:`ImportStoppedError` for other columns than a report has."""
        try:
            self._file = pq.ParquetFile(stream)
        except pa.ArrowException as error:
            raise ImportStoppedError(detail="This is not a Parquet file, or it is damaged.") from error
        check_columns(flat(self._file.schema_arrow.empty_table()).column_names)
        self._at = Position(0, 1)
        self._batches: Iterator[pa.RecordBatch] | None = None

    @property
    def rows(self) -> int:
        """How many rows the file has."""
        return int(self._file.metadata.num_rows)

    def skip_to(self, position: Position) -> None:
        """Go on at a position that a chunk ended at."""
        self._batches = None
        self._at = position

    def read(self, count: int) -> Chunk | None:
        """Return the next chunk of at most ``count`` rows, or ``None`` at the end."""
        if self._batches is None:
            self._batches = self._from(self._at.offset, count)
        try:
            batch = next(self._batches, None)
        except (pa.ArrowException, OSError) as error:
            message = "The Parquet file is damaged. What came before is recorded. Get the file again, whole."
            raise ImportStoppedError(detail=message) from error
        if batch is None:
            return None
        start = self._at.offset
        end = start + batch.num_rows
        self._at = Position(end, end + 1)
        return Chunk(Format.PARQUET, self._at, range(start + 1, end + 1), [to_bytes(batch)])

    def _from(self, row: int, count: int) -> Iterator[pa.RecordBatch]:
        """Yield batches from a row on; whole groups of rows before it are not read."""
        groups: list[int] = []
        before = 0
        for number in range(self._file.num_row_groups):
            rows = self._file.metadata.row_group(number).num_rows
            if groups or before + rows > row:
                groups.append(number)
            else:
                before += rows
        skipped = row - before
        for batch in self._file.iter_batches(batch_size=count, row_groups=groups) if groups else ():
            if skipped < batch.num_rows:
                yield batch.slice(skipped)
            skipped = max(skipped - batch.num_rows, 0)
