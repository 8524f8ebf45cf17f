"""The keys that the environment gives to this process."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


@dataclass(frozen=True, slots=True)
class Keyring:
    """Wrapping of persons' keys, finding by HMAC, and signing of receipts. Never shown."""

    wrapping: AESGCM = field(repr=False)
    lookup: bytes = field(repr=False)
    receipts: Ed25519PrivateKey = field(repr=False)


@lru_cache(maxsize=1)
def keyring() -> Keyring:
    """Return the keys of this process."""
    return Keyring(
        wrapping=AESGCM(settings.KEY_ENCRYPTION_KEY),
        lookup=settings.LOOKUP_KEY,
        receipts=Ed25519PrivateKey.from_private_bytes(settings.RECEIPT_SIGNING_KEY),
    )
