"""The logs of the ledger. A log's number is the distribution column of all its rows."""

from __future__ import annotations

from enum import IntEnum


class LogNumber(IntEnum):
    """Which log an entry belongs to."""

    EXCHANGES = 1
    OVERSIGHT = 2
