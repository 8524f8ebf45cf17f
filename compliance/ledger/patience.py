"""Whom not to ask for a while: a witness that failed is left alone longer after each failure."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

_MOST_DOUBLINGS = 16


@dataclass(slots=True)
class Patience:
    """Who failed lately, by key, and until when they are not asked. Waits are in seconds."""

    first_wait: float = 1.0
    longest_wait: float = 300.0
    _failures: dict[bytes, tuple[int, float]] = field(default_factory=dict)

    def may_ask(self, key: bytes) -> bool:
        """Tell whether it is time to ask again."""
        return time.monotonic() >= self._failures.get(key, (0, 0.0))[1]

    def failed(self, key: bytes) -> None:
        """Wait twice as long as the last time."""
        count = self._failures.get(key, (0, 0.0))[0]
        wait = min(self.first_wait * 2 ** min(count, _MOST_DOUBLINGS), self.longest_wait)
        self._failures[key] = (count + 1, time.monotonic() + wait)

    def answered(self, key: bytes) -> None:
        """Forget the failures."""
        self._failures.pop(key, None)
