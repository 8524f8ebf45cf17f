"""Some records of a chunk, as a chunk of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.exchanges.imports.chunk import Format

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.exchanges.imports.chunk import Chunk


def pick(chunk: Chunk, places: Sequence[int]) -> Chunk:
    """Return the records at these places of a chunk."""
    lines = [chunk.lines[place] for place in places]
    if chunk.format is not Format.PARQUET:
        return chunk._replace(lines=lines, records=[chunk.records[place] for place in places])
    from compliance.exchanges.imports.arrow import rows_of  # noqa: PLC0415 - slow, and only Parquet needs it

    return chunk._replace(lines=lines, records=[rows_of(chunk.records[0], places)])
