"""AES-256-GCM for openings, and for the keys of persons under a key that the database never sees."""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE_BYTES = 12
KEY_BYTES = 32


class CannotOpenError(Exception):
    """The key does not belong to these bytes, or the bytes were changed."""


def seal(cipher: AESGCM, octets: bytes, *, bound_to: bytes) -> bytes:
    """Encrypt under a fresh random nonce, which is put in front; opens only with the same ``bound_to``."""
    nonce = os.urandom(NONCE_BYTES)
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
