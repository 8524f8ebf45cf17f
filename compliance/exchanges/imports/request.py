"""What is to be imported, by whom, and how."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.exchanges.imports.progress import name_of
from compliance.exchanges.imports.source import STDIN, format_of
from compliance.exchanges.imports.stopped import ImportStoppedError

if TYPE_CHECKING:
    from compliance.exchanges.imports.chunk import Format
    from compliance.exchanges.recorded import Reporter

CHUNK = 4_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One import. ``name`` is a file, or ``-`` for standard input; ``kind`` is told by the name unless it is given."""

    name: str
    reporter: Reporter
    kind: Format | None = None
    rejects: Path | None = None
    workers: int = 1
    chunk: int = CHUNK

    @property
    def format(self) -> Format:
        """The format of the source."""
        return self.kind or format_of(self.name)

    @property
    def rejects_path(self) -> Path:
        """Where rejects go: beside the file unless another place was named."""
        return self.rejects or Path("stdin.rejects.ndjson" if self.name == STDIN else f"{self.name}.rejects.ndjson")

    @property
    def progress_path(self) -> Path:
        """Where progress is kept: in the folder of the rejects, under the file's name."""
        return self.rejects_path.parent / f"{Path(self.name).name}.progress"

    def subject(self) -> str:
        """Tell this import from that of a changed file, or in another way. Raises :class:`ImportStoppedError`."""
        reporter = self.reporter
        try:
            name = name_of(Path(self.name))
        except OSError as error:
            raise ImportStoppedError(detail=f"{self.name} cannot be read: {error.strerror}.") from error
        return f"{name}-{self.format}-{reporter.actor.name}-{reporter.organisation}"
