"""A mail server's URL as Django's settings want it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from kbi_audit.kinds import EmailURL

BACKENDS = {"console": "console", "memory": "locmem"}
PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


@dataclass(frozen=True, kw_only=True)
class Mail:
    """Where mail goes, and how it is protected on the way."""

    backend: str
    host: str
    port: int
    user: str
    password: str
    starttls: bool
    tls: bool


def mail(url: EmailURL) -> Mail:
    """Return the parts of the URL; the scheme says whether the way is encrypted."""
    parts = urlsplit(url)
    return Mail(
        backend=f"django.core.mail.backends.{BACKENDS.get(parts.scheme, 'smtp')}.EmailBackend",
        host=parts.hostname or "",
        port=parts.port or PORTS.get(parts.scheme, 0),
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )
