"""Room for bulk: so many at once in a process, and no queue that grows; who finds no room is told when to return."""

from __future__ import annotations

from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from django.conf import settings

from compliance.kernel.errors import UnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator

BULK_BYTES = 256 * 1024
_slots = BoundedSemaphore(settings.BULK_SLOTS)


@contextmanager
def slot_for(size: int) -> Iterator[None]:
    """Hold a slot while a body of this size is recorded; small bodies need none. Raises :class:`UnavailableError`."""
    if size < BULK_BYTES:
        yield
        return
    if not _slots.acquire(blocking=False):
        raise UnavailableError(detail="All slots for bulk are taken. Send this part again.", retry_after=2)
    try:
        yield
    finally:
        _slots.release()
