"""A bundle on its way out: one at a time in a process, so that making evidence never takes the doors of intake."""

from __future__ import annotations

from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Self

from compliance.kernel.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_RETRY = 30
_room = BoundedSemaphore(1)


class EvidenceStream:
    """The bytes of a bundle; gives its room back when it was read or closed, begun or not."""

    def __init__(self, make: Callable[[], Iterator[bytes]]) -> None:
        """Take the room and begin. Raises :class:`UnavailableError` when another bundle is being made."""
        if not _room.acquire(blocking=False):
            detail = "Another bundle is being made. Ask for this one again in a moment."
            raise UnavailableError(detail, retry_after=_RETRY)
        self._has_room = True
        self._parts: Iterator[bytes] = iter(())
        try:
            self._parts = make()
        except BaseException:
            self.close()
            raise

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._parts)
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Stop making it, and give the room back; once."""
        if self._has_room:
            self._has_room = False
            try:
                getattr(self._parts, "close", lambda: None)()
            finally:
                _room.release()
