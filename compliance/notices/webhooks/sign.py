"""Sign a message by the Standard Webhooks specification. Pure."""

from __future__ import annotations

import hmac
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

VERSION = "v1"


def headers_of(*, identifier: str, seconds: int, body: bytes, secrets: Sequence[bytes]) -> dict[str, str]:
    """Return the headers: the same id at every attempt, the second of this one, and a signature for each secret."""
    signed = f"{identifier}.{seconds}.".encode() + body
    signatures = (hmac.new(secret, signed, sha256).digest() for secret in secrets)
    return {
        "content-type": "application/json",
        "webhook-id": identifier,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(f"{VERSION},{b64encode(one).decode()}" for one in signatures),
    }
