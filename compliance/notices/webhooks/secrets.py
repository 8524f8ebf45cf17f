"""Secrets of webhooks: made and shown once as ``whsec_…``, and kept sealed under the key outside the database."""

from __future__ import annotations

import os
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING

from compliance.kernel.encryption import nonces, seal, unseal
from compliance.ledger.keyring import keyring

if TYPE_CHECKING:
    from uuid import UUID

PREFIX = "whsec_"
OCTETS = 32


def new_secret() -> str:
    """Make a secret of 256 random bits, as receivers take it in."""
    return PREFIX + b64encode(os.urandom(OCTETS)).decode()


def octets_of(secret: str) -> bytes:
    """Return the bytes of a secret."""
    return b64decode(secret.removeprefix(PREFIX), validate=True)


def sealed(secret: str, *, webhook: UUID) -> bytes:
    """Encrypt a secret; it opens for its own webhook only."""
    return seal(keyring().wrapping, octets_of(secret), nonce=next(nonces(1)), bound_to=_name(webhook))


def opened(kept: bytes, *, webhook: UUID) -> bytes:
    """Return the bytes of a secret that was sealed."""
    return unseal(keyring().wrapping, kept, bound_to=_name(webhook))


def _name(webhook: UUID) -> bytes:
    return b"webhook:" + webhook.bytes
