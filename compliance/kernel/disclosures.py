"""Salted commitments to personal values, in the disclosure encoding of SD-JWT (RFC 9901).

A disclosure is the UTF-8 text ``["<salt>","<name>",<value>]`` (``["<salt>",<value>]`` for an
element of an array). What is committed to is the SHA-256 of its base64url form; a reader who is
given the text can recompute that digest, and a reader who is not learns nothing, because the salt
has 264 random bits.
"""

from __future__ import annotations

import os
from binascii import b2a_base64
from hashlib import sha256
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

ALGORITHM = "sha-256"
SALT_BYTES = 33
_SALT_CHARACTERS = 44
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def base64url(octets: bytes) -> bytes:
    """Encode without padding (RFC 4648, section 5)."""
    return b2a_base64(octets, newline=False).rstrip(b"=").translate(_URL_SAFE)


def salts(count: int) -> Iterator[str]:
    """Yield fresh salts of 264 random bits, 44 base64url characters each, drawn from the system at once."""
    drawn = b2a_base64(os.urandom(SALT_BYTES * count), newline=False).translate(_URL_SAFE).decode()
    return (drawn[start : start + _SALT_CHARACTERS] for start in range(0, len(drawn), _SALT_CHARACTERS))


def disclosure(*, salt: str, name: str, value: str | None) -> bytes:
    """Write the disclosure of an object's member; ``None`` commits to the field's absence."""
    encoded = b"null" if value is None else msgspec.json.encode(value)
    return b'["%b","%b",%b]' % (salt.encode(), name.encode(), encoded)


def element_disclosure(*, salt: str, value: bytes) -> bytes:
    """Write the disclosure of an array's element; ``value`` is canonical JSON."""
    return b'["%b",%b]' % (salt.encode(), value)


def commitment(text: bytes) -> str:
    """Return the digest that stands in the leaf for a disclosure."""
    return base64url(sha256(base64url(text)).digest()).decode()
