"""What a monitor remembers of a log, durably: the last head it saw, and when it was last confirmed. Pure."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

REMEMBERED = "remembered.json"
EVIDENCE = "evidence"


class LostMemoryError(Exception):
    """A memory that cannot be read. Begin with an empty folder only when you know that the log was not changed."""


@dataclass(frozen=True, slots=True)
class Remembered:
    """The note of the last head, and the second (since 1970, UTC) until which the log is known to be fresh."""

    note: str
    fresh_at: int


class StateFolder:
    """The memory in a folder."""

    def __init__(self, folder: Path) -> None:
        """Read nothing yet."""
        self._folder = folder

    def last_seen(self) -> Remembered | None:
        """Return what was last seen, or ``None`` the first time. Raises :class:`LostMemoryError`."""
        try:
            told = json.loads((self._folder / REMEMBERED).read_text(encoding="utf-8"))
            return Remembered(str(told["note"]), int(told["fresh_at"]))
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, TypeError) as error:
            message = f"{self._folder / REMEMBERED} cannot be read: {error}."
            raise LostMemoryError(message) from error

    def remember(self, seen: Remembered) -> None:
        """Remember this instead; after whatever crash one of the two is remembered, whole."""
        self._put(self._folder / REMEMBERED, json.dumps({"note": seen.note, "fresh_at": seen.fresh_at}, indent=1))

    def keep_evidence(self, *, name: str, held: str, shown: str, sentence: str) -> Path:
        """Keep both checkpoints and what is wrong with them, for ever; return the folder."""
        folder = self._folder / EVIDENCE / name
        for file, content in (("held.checkpoint", held), ("shown.checkpoint", shown), ("sentence.txt", sentence)):
            self._put(folder / file, content)
        return folder

    def _put(self, path: Path, content: str) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_name(f"{path.name}.new")
        with new.open("w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        above = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(above)
        finally:
            os.close(above)
