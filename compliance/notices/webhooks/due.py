"""When a message to a webhook is tried again: ever later, and in the end no more. The waits of the specification."""

from __future__ import annotations

from datetime import timedelta

WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)


def wait_after(attempts: int) -> timedelta | None:
    """Return how long to wait after so many attempts in vain; ``None`` after the last."""
    return WAITS[attempts - 1] if attempts <= len(WAITS) else None
