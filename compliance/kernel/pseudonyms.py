"""Keyed pseudonyms: the same person gives the same bytes, and without the key nobody finds the person."""

from __future__ import annotations

import hmac

LOOKUP_BYTES = 16
_SHORT_BYTES = 8


def lookup(*, key: bytes, kind: str, value: str) -> bytes:
    """Pseudonym of an identifier: 16 bytes of HMAC-SHA256 over its kind and normal form."""
    return hmac.digest(key, f"lookup\x00{kind}\x00{value}".encode(), "sha256")[:LOOKUP_BYTES]


def short(pseudonym: bytes) -> int:
    """Return the first eight bytes of a pseudonym, as the signed number that tables of 64 bits hold."""
    return int.from_bytes(pseudonym[:_SHORT_BYTES], "big", signed=True)


def fingerprint(*, key: bytes, octets: bytes) -> bytes:
    """16 bytes that tell whether two reports say the same, without telling what they say."""
    return hmac.digest(key, b"fingerprint\x00" + octets, "sha256")[:LOOKUP_BYTES]


def short_range(number: int) -> tuple[bytes, bytes]:
    """Return the least pseudonym of which :func:`short` gives this number, and the greatest."""
    first = number.to_bytes(_SHORT_BYTES, "big", signed=True)
    rest = LOOKUP_BYTES - _SHORT_BYTES
    return first + bytes(rest), first + b"\xff" * rest
