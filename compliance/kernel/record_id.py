"""Identifiers of records: UUIDv7 whose time is the exchange's start and whose other bits are keyed.

The 48 time bits make identifiers sort by time, so one narrow key serves as primary key, page
cursor and partition key. The 74 free bits are an HMAC of (producer, message reference, start):
the same report always gets the same identifier, which makes a retry recognisable by the primary
key alone. Source: RFC 9562, section 5.7.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING
from uuid import UUID

from compliance.kernel.clock import from_microseconds, microseconds

if TYPE_CHECKING:
    from datetime import datetime


def record_id(*, key: bytes, at: int, producer: str, reference: str) -> bytes:
    """Identify a report by who reports (code), its reference and its start (microseconds since 1970): 16 bytes."""
    digest = hmac.digest(key, f"{producer}\x00{reference}\x00{at}".encode(), "sha256")
    version_7 = (0x70 | digest[0] & 0x0F).to_bytes(1)
    variant = (0x80 | digest[2] & 0x3F).to_bytes(1)
    return (at // 1000).to_bytes(6) + version_7 + digest[1:2] + variant + digest[3:10]


def text_of(identifier: bytes) -> str:
    """Write an identifier as people and other systems do, with hyphens."""
    digits = identifier.hex()
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


def started_at(identifier: UUID) -> datetime:
    """Return the start that an identifier holds, in whole milliseconds, UTC."""
    return from_microseconds((identifier.int >> 80) * 1000)


def first_at(moment: datetime) -> UUID:
    """Return the lowest value that an identifier of this moment or later can have (rounded up to milliseconds)."""
    return UUID(int=-(-microseconds(moment) // 1000) << 80)
