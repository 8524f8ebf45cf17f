"""CSV by RFC 4180: commas, double quotes, a header of dotted names; a quoted field may hold line breaks."""

from __future__ import annotations

import csv
from collections import deque
from typing import TYPE_CHECKING

from compliance.exchanges.imports.chunk import Chunk, Format, Position
from compliance.exchanges.imports.columns import check_columns
from compliance.exchanges.imports.lines import Line
from compliance.exchanges.imports.quotes import is_closed
from compliance.exchanges.imports.stopped import ImportStoppedError

if TYPE_CHECKING:
    from compliance.exchanges.imports.lines import Lines

_BOM = b"\xef\xbb\xbf"


class CsvReader:
    """Cuts a stream of lines into chunks of records. Empty lines are no records."""

    def __init__(self, lines: Lines, *, longest: int) -> None:
        """Read the header. Raises :class:`ImportStoppedError` for one with other columns than a report has."""
        self._lines = lines
        self._longest = longest
        self._ahead: deque[Line] = deque()
        first = lines.next() or Line(b"", 0)
        self._columns = _header(first.text.removeprefix(_BOM))
        check_columns(self._columns)
        self._at = Position(first.length, 2)

    def skip_to(self, position: Position) -> None:
        """Go on at a position that a chunk ended at."""
        self._ahead.clear()
        self._lines.skip_to(position.offset)
        self._at = position

    def read(self, count: int) -> Chunk | None:
        """Return the next chunk of at most ``count`` records, or ``None`` at the end."""
        offset, number = self._at
        numbers: list[int] = []
        records: list[bytes] = []
        while len(records) < count and (lines := self._record()):
            text = lines[0].text if len(lines) == 1 else b"".join(line.text for line in lines)
            if not text.isspace():
                numbers.append(number)
                records.append(text)
            offset += sum(line.length for line in lines)
            number += len(lines)
        self._at = Position(offset, number)
        return Chunk(Format.CSV, self._at, numbers, records, self._columns) if records else None

    def _record(self) -> list[Line]:
        """Return the lines of the next record; of one whose quotes make no sense, its first line alone."""
        first = self._next()
        if first is None:
            return []
        if b'"' not in first.text or is_closed(first.text) is not False:
            return [first]
        lines, text = [first], first.text
        while len(text) <= self._longest and (line := self._next()) is not None:
            lines.append(line)
            text += line.text
            if b'"' in line.text and (closed := is_closed(text)) is not False:
                if closed:
                    return lines
                break
        self._ahead.extendleft(reversed(lines[1:]))
        return [first]

    def _next(self) -> Line | None:
        return self._ahead.popleft() if self._ahead else self._lines.next()


def _header(line: bytes) -> tuple[str, ...]:
    try:
        names = next(csv.reader([line.decode()], strict=True), [])
    except (UnicodeDecodeError, csv.Error) as error:
        raise ImportStoppedError(detail="The first line is not a CSV header in UTF-8.") from error
    if len(names) == 1 and ";" in names[0]:
        raise ImportStoppedError(detail="The columns are separated by semicolons. RFC 4180 asks for commas.")
    return tuple(name.strip() for name in names)
