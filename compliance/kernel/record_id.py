"""Identifiers of records: UUIDv7 whose time is the exchange's start and whose other bits are keyed.

The 48 time bits make identifiers sort by time, so one narrow key serves as primary key, page
cursor and partition key. The 74 free bits are an HMAC of (producer, message reference, start):
the same report always gets the same identifier, which makes a retry recognisable by the primary
key alone. Source: RFC 9562, section 5.7.
"""

from __future__ import annotations

import hmac
from datetime import datetime
from uuid import UUID

from compliance.kernel.clock import from_microseconds, microseconds

_VERSION = 0x7 << 76
_VARIANT = 0x2 << 62
_RAND_B = (1 << 62) - 1


def record_id(*, key: bytes, at: int, producer: str, reference: str) -> UUID:
    """Identify a report by who reports (code), its reference and its start (microseconds since 1970)."""
    digest = hmac.digest(key, f"{producer}\x00{reference}\x00{at}".encode(), "sha256")
    bits = int.from_bytes(digest[:10], "big")
    return UUID(int=((at // 1000) << 80) | _VERSION | ((bits >> 62 & 0xFFF) << 64) | _VARIANT | (bits & _RAND_B))


def started_at(identifier: UUID) -> datetime:
    """Return the start that an identifier holds, in whole milliseconds, UTC."""
    return from_microseconds((identifier.int >> 80) * 1000)


def first_at(moment: datetime) -> UUID:
    """Return the lowest value that an identifier of this moment or later can have (rounded up to milliseconds)."""
    return UUID(int=-(-microseconds(moment) // 1000) << 80)
