"""Whether the service is halted: while a restore is not finished nothing may be recorded."""

from __future__ import annotations

import time

from django.db import connection

from compliance.kernel.clock import now

_BELIEVED_SECONDS = 1.0
_STATE = "SELECT is_halted, reason FROM ledger_halt ORDER BY number DESC LIMIT 1"
_WRITE = "INSERT INTO ledger_halt (at, is_halted, reason) VALUES (%s, %s, %s)"
_last: tuple[float, str | None] = (float("-inf"), None)


def halted() -> str | None:
    """Return why the service is halted, or ``None``. Asks the database once a second at the most."""
    global _last  # noqa: PLW0603 - one cache a process; replaced whole
    asked, reason = _last
    if time.monotonic() - asked > _BELIEVED_SECONDS:
        reason = read_halt()
        _last = (time.monotonic(), reason)
    return reason


def read_halt() -> str | None:
    """Return why the service is halted at this moment, or ``None``."""
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        row = cursor.fetchone()
    return str(row[1]) if row is not None and row[0] else None


def halt(*, reason: str) -> None:
    """Have intake answer 503 from now on; durable when no transaction is open."""
    _write(is_halted=True, reason=reason)


def resume(*, reason: str) -> None:
    """Let intake go on."""
    _write(is_halted=False, reason=reason)


def _write(*, is_halted: bool, reason: str) -> None:
    global _last  # noqa: PLW0603 - what was believed is not so any more
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [now(), is_halted, reason])
    _last = (float("-inf"), None)
