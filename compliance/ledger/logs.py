"""The logs of the ledger. A log's number is the distribution column of all its rows; its origin names it for ever."""

from __future__ import annotations

from enum import IntEnum

from django.conf import settings


class LogNumber(IntEnum):
    """Which log an entry belongs to."""

    EXCHANGES = 1
    OVERSIGHT = 2


def origin_of(log: int) -> str:
    """Return the origin that stands in this log's checkpoints, receipts and leaves."""
    origins: dict[int, str] = settings.LOG_ORIGINS
    return origins[log]
