"""The certificate with which a client opened its connection, as the proxy in front passes it on (RFC 9440)."""

from __future__ import annotations

import base64
import binascii
from functools import lru_cache
from ipaddress import ip_address
from typing import TYPE_CHECKING

from django.conf import settings

from compliance.access.certificates import thumbprint_of

if TYPE_CHECKING:
    from django.http import HttpRequest

_HEADER = "HTTP_CLIENT_CERT"
_REMEMBERED = 256


def presented_certificate(request: HttpRequest) -> bytes | None:
    """Return the thumbprint of the client's certificate; ``None`` without one.

    Only the proxies of CERTIFICATE_PROXIES are believed: a certificate is public, and anybody can write a header.
    """
    written = request.META.get(_HEADER, "")
    if not written or not _from_proxy(request.META.get("REMOTE_ADDR", "")):
        return None
    return _thumbprint(written.strip())


def _from_proxy(address: str) -> bool:
    try:
        peer = ip_address(address)
    except ValueError:
        return False
    return any(peer in network for network in settings.CERTIFICATE_PROXIES)


@lru_cache(maxsize=_REMEMBERED)
def _thumbprint(written: str) -> bytes | None:
    """Read a byte sequence of RFC 8941: base64 between colons."""
    if len(written) < 3 or written[0] != ":" or written[-1] != ":":  # noqa: PLR2004 - two colons and something
        return None
    try:
        return thumbprint_of(base64.b64decode(written[1:-1], validate=True))
    except binascii.Error:
        return None
