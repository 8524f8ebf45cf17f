"""What was not recorded and why, by line: never a record's own text, which holds personal data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

import msgspec

from compliance.exchanges.imports.stopped import ImportStoppedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import BinaryIO

    from compliance.exchanges.imports.write_chunk import Reject


class Rejects:
    """An NDJSON file: a line a reject. It is made at the first reject, and empty ones are not left behind."""

    def __init__(self, path: Path, *, keep: int) -> None:
        """Keep the first bytes of what is there, which an earlier run wrote and committed."""
        self._path = path
        self._file: BinaryIO | None = None
        self.size = keep
        if path.exists():
            if keep:
                with path.open("r+b") as file:
                    file.truncate(keep)
            else:
                path.unlink()

    def __enter__(self) -> Self:
        """Be closed at the end."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the file."""
        if self._file is not None:
            self._file.close()

    def add(self, rejects: Iterable[Reject]) -> None:
        """Append rejects."""
        told = b"".join(
            msgspec.json.encode(
                {
                    "line": reject.line,
                    "errors": [
                        {"pointer": error.pointer, "code": error.code, "detail": error.detail}
                        for error in reject.errors
                    ],
                }
            )
            + b"\n"
            for reject in rejects
        )
        if not told:
            return
        if self._file is None:
            try:
                self._file = self._path.open("ab")
            except OSError as error:
                raise ImportStoppedError(detail=f"{self._path} cannot be written: {error.strerror}.") from error
        self._file.write(told)
        self._file.flush()
        self.size += len(told)
