"""AES-256-GCM for openings, and for the keys of persons under a key that the database never sees."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from collections.abc import Iterator

NONCE_BYTES = 12


class CannotOpenError(Exception):
    """The key does not belong to these bytes, or the bytes were changed."""


def nonces(count: int) -> Iterator[bytes]:
    """Yield fresh random nonces, drawn from the system at once."""
    drawn = os.urandom(NONCE_BYTES * count)
    return (drawn[start : start + NONCE_BYTES] for start in range(0, len(drawn), NONCE_BYTES))


def seal(cipher: AESGCM, octets: bytes, *, nonce: bytes, bound_to: bytes) -> bytes:
    """Encrypt under a nonce that is never used again, and is put in front; opens only with the same ``bound_to``."""
    return nonce + cipher.encrypt(nonce, octets, bound_to)


def unseal(cipher: AESGCM, sealed: bytes, *, bound_to: bytes) -> bytes:
    """Decrypt what :func:`seal` made. Raises :class:`CannotOpenError`."""
    try:
        return cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound_to)
    except InvalidTag as error:
        raise CannotOpenError from error


def new_key() -> bytes:
    """Make a key of 256 random bits."""
    return AESGCM.generate_key(bit_length=256)
