"""NDJSON: one report a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.exchanges.imports.chunk import Chunk, Format, Position
from compliance.exchanges.imports.stopped import ImportStoppedError

if TYPE_CHECKING:
    from compliance.exchanges.imports.lines import Lines

_BOM = b"\xef\xbb\xbf"


class NdjsonReader:
    """Cuts a stream of lines into chunks. Empty lines are no reports."""

    def __init__(self, lines: Lines) -> None:
        """Refuse a JSON array, which cannot be read piece by piece."""
        if lines.peek().removeprefix(_BOM).lstrip()[:1] == b"[":
            message = "This is a JSON array. Write one report a line (NDJSON), for example with: jq -c '.[]'"
            raise ImportStoppedError(detail=message)
        self._lines = lines
        self._at = Position(0, 1)

    def skip_to(self, position: Position) -> None:
        """Go on at a position that a chunk ended at."""
        self._lines.skip_to(position.offset)
        self._at = position

    def read(self, count: int) -> Chunk | None:
        """Return the next chunk of at most ``count`` reports, or ``None`` at the end."""
        offset, number = self._at
        numbers: list[int] = []
        records: list[bytes] = []
        while len(records) < count and (line := self._lines.next()) is not None:
            text = line.text.removeprefix(_BOM) if offset == 0 else line.text
            if not text.isspace():
                numbers.append(number)
                records.append(text)
            offset += line.length
            number += 1
        self._at = Position(offset, number)
        return Chunk(Format.NDJSON, self._at, numbers, records) if records else None
