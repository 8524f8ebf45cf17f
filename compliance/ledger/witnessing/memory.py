"""What a signer or witness remembers: the last head that it signed of each log, durably. Pure.

A folder with a note for each log, named by the SHA-256 of its origin. Nobody signs before the folder
holds what is signed; a folder is never begun by itself, because an empty memory would sign anything.
"""

from __future__ import annotations

import fcntl
import os
from hashlib import sha256
from typing import TYPE_CHECKING, Self

from compliance.ledger.checkpoint import CheckpointError, parse_checkpoint
from compliance.ledger.notes import Note, NoteError, parse

if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

_BEGUN = "begun"
_LOCK = "lock"
_REFUSED = "refused"
_MOST_REFUSED = 1_000
_NAME_LENGTH = 64


class UnusableMemoryError(Exception):
    """A memory that must not be relied on. Signing on an empty or older one would fork the log."""


class Memory:
    """The memory in a folder. Use it in a ``with``: one process at a time has it."""

    def __init__(self, folder: Path) -> None:
        """Name the folder; nothing is read yet."""
        self._folder = folder
        self._lock = -1

    def begin(self) -> None:
        """Make the folder, once, for a signer or witness that never signed before."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not self._has_begun() and any(self._notes()):
            message = f"{self._folder} holds heads, and yet was never begun."
            raise UnusableMemoryError(message)
        self._write(self._folder / _BEGUN, b"")

    def __enter__(self) -> Self:
        """Take the memory, and look whether all that is in it can be read. Raises :class:`UnusableMemoryError`."""
        if not self._has_begun():
            message = (
                f"{self._folder} is not a memory. If it is lost, do not begin a new one under the same key: "
                "what signed before would sign a fork. With a new key, begin it once."
            )
            raise UnusableMemoryError(message)
        self._lock = os.open(self._folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(self._lock)
            message = f"Another process uses {self._folder}."
            raise UnusableMemoryError(message) from error
        for path in self._notes():
            self._read(path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let others take the memory."""
        os.close(self._lock)

    def last(self, origin: str) -> Note | None:
        """Return the last head signed of a log, or ``None``. Raises :class:`UnusableMemoryError`."""
        return self.last_by_hash(name_of(origin))

    def last_by_hash(self, name: str) -> Note | None:
        """Return the last head signed of the log whose origin has this SHA-256 (hex)."""
        path = self._folder / name
        return self._read(path) if _is_name(name) and path.exists() else None

    def keep(self, origin: str, note: Note) -> None:
        """Remember a head durably, in place of the one before. After an ``OSError`` it may be kept or not."""
        self._write(self._folder / name_of(origin), str(note).encode())

    def keep_refused(self, body: bytes) -> None:
        """Keep a request whose log signed what does not extend its last head: evidence against the log."""
        folder = self._folder / _REFUSED
        folder.mkdir(mode=0o700, exist_ok=True)
        path = folder / sha256(body).hexdigest()
        if not path.exists() and sum(1 for _ in folder.iterdir()) < _MOST_REFUSED:
            self._write(path, body)

    def _has_begun(self) -> bool:
        return (self._folder / _BEGUN).is_file()

    def _notes(self) -> list[Path]:
        return [path for path in self._folder.iterdir() if _is_name(path.name)]

    def _read(self, path: Path) -> Note:
        try:
            note = parse(path.read_text(encoding="utf-8"))
            origin = parse_checkpoint(note.text).origin
        except (UnicodeDecodeError, NoteError, CheckpointError) as error:
            message = f"{path} is not the head of a log."
            raise UnusableMemoryError(message) from error
        if name_of(origin) != path.name:
            message = f"{path} is the head of another log."
            raise UnusableMemoryError(message)
        return note

    def _write(self, path: Path, content: bytes) -> None:
        """Replace a file so that, after whatever crash, it is the old one or the new one, whole."""
        new = path.with_name(f"{path.name}.new")
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def name_of(origin: str) -> str:
    """Return the SHA-256 of an origin in hex: its file's name, and its address on a witness."""
    return sha256(origin.encode()).hexdigest()


def _is_name(name: str) -> bool:
    return len(name) == _NAME_LENGTH and set(name) <= set("0123456789abcdef")
