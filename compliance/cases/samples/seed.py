"""The seed of a draw: fixed by the ledger's head of a stated day, so that nobody can choose it."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


def seed_of(*, month: date, origin: str, size: int, root: bytes) -> bytes:
    """Return 32 bytes: SHA-256 over these lines, each ended by a line feed.

    ``kbi-audit/sample/1``, the month (``2026-11``), the log's origin, the head's size, the head's root in hexadecimal.
    In a stratum the exchanges with the lowest SHA-256 of seed and identifier (16 bytes) are drawn: whoever has the
    published head and the entries can draw again.
    """
    told = f"kbi-audit/sample/1\n{month:%Y-%m}\n{origin}\n{size}\n{root.hex()}\n"
    return sha256(told.encode()).digest()
