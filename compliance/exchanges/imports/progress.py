"""How far an import of a file has come, kept beside it so that a later run goes on there."""

from __future__ import annotations

import fcntl
import hashlib
import os
from typing import TYPE_CHECKING, Self
from uuid import UUID  # noqa: TC003 - msgspec reads the annotation

import msgspec

from compliance.exchanges.existing import recorded_before
from compliance.exchanges.imports.chunk import Position  # noqa: TC001 - msgspec reads the annotation
from compliance.exchanges.imports.stopped import ImportStoppedError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

_HEAD = 1 << 20


class Counts(msgspec.Struct, frozen=True):
    """Records of a file: read, newly recorded, recorded before, and rejected."""

    read: int = 0
    recorded: int = 0
    already_recorded: int = 0
    rejected: int = 0


class State(msgspec.Struct, frozen=True, kw_only=True):
    """What is certain: everything before ``position`` was committed, ``last`` is one of the last records.

    ``subject`` tells what was imported, how and for whom: the state says nothing about anything else.
    """

    subject: str
    position: Position
    counts: Counts = Counts()
    rejects_size: int = 0
    last: UUID | None = None
    complete: bool = False


class Progress:
    """The file that keeps the state, locked for as long as it is open."""

    def __init__(self, path: Path) -> None:
        """Open or make the file. Raises :class:`ImportStoppedError` when another import of the same file runs."""
        try:
            self._file: BinaryIO = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT, 0o644), "r+b")
        except OSError as error:
            message = f"{path} cannot be written ({error.strerror}). Name a folder that can with --rejects FOLDER/FILE."
            raise ImportStoppedError(detail=message) from error
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            self._file.close()
            raise ImportStoppedError(detail="Another import of this file is running.") from error

    def __enter__(self) -> Self:
        """Be closed at the end."""
        return self

    def __exit__(self, *_error: object) -> None:
        """Close the file and let it go."""
        self._file.close()

    def read(self, subject: str) -> State | None:
        """Return the state that an earlier run left, if it holds in this database: a restored one may be older."""
        self._file.seek(0)
        try:
            state = msgspec.json.decode(self._file.readline(), type=State)
        except msgspec.DecodeError:
            return None
        there = state.last is None or recorded_before({state.last.bytes})
        return state if there and state.subject == subject else None

    def keep(self, state: State) -> None:
        """Keep a state. One write: a process that is killed leaves this line or the earlier one."""
        os.pwrite(self._file.fileno(), msgspec.json.encode(state) + b"\n", 0)


def name_of(path: Path) -> str:
    """Return what tells a file from a changed one: its size, time of change, and the digest of its first MiB."""
    with path.open("rb") as file:
        head = hashlib.sha256(file.read(_HEAD)).hexdigest()
    told = path.stat()
    return f"{told.st_size}-{told.st_mtime_ns}-{head}"
