"""What a machine client's token and secret look like, and what is kept of them."""

from __future__ import annotations

import hashlib
import re
import secrets

TOKEN = re.compile(r"^kbi_[A-Za-z0-9_-]{43}$")


def new_token() -> str:
    """Make a token: ``kbi_`` and 256 random bits in base64url."""
    return f"kbi_{secrets.token_urlsafe(32)}"


def new_secret() -> str:
    """Make a client secret: ``kbs_`` and 256 random bits in base64url."""
    return f"kbs_{secrets.token_urlsafe(32)}"


def hash_of(token: str) -> bytes:
    """Return what is kept. One SHA-256 is enough: 256 random bits cannot be guessed, slowly or fast."""
    return hashlib.sha256(token.encode()).digest()
