"""Lines of a file or of standard input, gzipped or not, with the bytes they take; none fills the memory."""

from __future__ import annotations

import gzip
import io
import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from compliance.exchanges.imports.stopped import ImportStoppedError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import BinaryIO

GZIP = b"\x1f\x8b"
_BLOCK = 1 << 20


class Line(NamedTuple):
    """A line with its end; ``length`` is what it takes in the file, also when the text was cut off."""

    text: bytes
    length: int


class Lines:
    """The lines of a stream. Those longer than ``longest`` bytes are cut off just beyond that."""

    def __init__(self, stream: BinaryIO, *, longest: int) -> None:
        """Read from the stream, unpacking it when it is gzipped."""
        self._raw = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)  # type: ignore[type-var]
        packed = self._raw.peek(len(GZIP))[: len(GZIP)] == GZIP
        self._stream: BinaryIO = gzip.GzipFile(fileobj=self._raw) if packed else self._raw  # type: ignore[assignment]
        self._longest = longest

    def next(self) -> Line | None:
        """Return the next line, or ``None`` at the end."""
        with _unpacking():
            text = self._stream.readline(self._longest + 1)
            length = len(text)
            if length > self._longest and not text.endswith(b"\n"):
                while rest := self._stream.readline(_BLOCK):
                    length += len(rest)
                    if rest.endswith(b"\n"):
                        break
        return Line(text, length) if text else None

    def peek(self) -> bytes:
        """Return the first bytes of what comes, without taking them."""
        with _unpacking():
            return self._stream.peek(64)  # type: ignore[attr-defined, no-any-return]

    def skip_to(self, offset: int) -> None:
        """Go to a byte of the (unpacked) text. Files only."""
        with _unpacking():
            self._stream.seek(offset)

    @property
    def taken(self) -> int:
        """How many bytes of the file, packed as they are, were read so far. Files only."""
        return self._raw.tell()


@contextmanager
def _unpacking() -> Iterator[None]:
    try:
        yield
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        message = "The gzip file breaks off or is damaged. What came before is recorded. Get the file again, whole."
        raise ImportStoppedError(detail=message) from error
