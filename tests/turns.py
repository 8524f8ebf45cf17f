"""Turns on the shared server: a test may ask to be alone on it.

Followers wait for the oldest transaction of the whole server, so that a transaction which another
worker's test holds open would hold back what a test of counting expects to be counted.
"""

from __future__ import annotations

import fcntl
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@contextmanager
def turn(home: Path, *, alone: bool) -> Iterator[None]:
    """Hold the server together with others, or alone.

    Who wants to be alone closes the door first, so that no new guests come while it waits for the old ones to leave.
    """
    kind = fcntl.LOCK_EX if alone else fcntl.LOCK_SH
    with (home / "room.lock").open("w") as room:
        with (home / "door.lock").open("w") as door:
            fcntl.flock(door, kind)
            fcntl.flock(room, kind)
        yield
