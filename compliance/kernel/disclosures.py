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

if TYPE_CHECKING:
    from collections.abc import Iterator

ALGORITHM = "sha-256"
SALT_BYTES = 33
_SALT_CHARACTERS = 44
_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def salts(count: int) -> Iterator[bytes]:
    """Yield fresh salts of 264 random bits, 44 base64url characters each, drawn from the system at once."""
    drawn = b2a_base64(os.urandom(SALT_BYTES * count), newline=False).translate(_URL_SAFE)
    return (drawn[start : start + _SALT_CHARACTERS] for start in range(0, len(drawn), _SALT_CHARACTERS))


def disclosure(salt: bytes, name: bytes, value: bytes) -> bytes:
    """Write the disclosure of an object's member; ``value`` is canonical JSON, ``null`` for an absent field."""
    return b'["%b","%b",%b]' % (salt, name, value)


def element_disclosure(salt: bytes, value: bytes) -> bytes:
    """Write the disclosure of an array's element; ``value`` is canonical JSON."""
    return b'["%b",%b]' % (salt, value)


def commitment(text: bytes) -> str:
    """Return the digest that stands in the leaf for a disclosure."""
    encoded = b2a_base64(text, newline=False).rstrip(b"=").translate(_URL_SAFE)
    # A digest of 32 bytes is 43 characters and one of padding.
    return b2a_base64(sha256(encoded).digest(), newline=False)[:43].translate(_URL_SAFE).decode()
