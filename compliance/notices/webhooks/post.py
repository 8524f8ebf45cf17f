"""Send a message over HTTPS, to the very address that was looked up and found public. No redirect is followed."""

from __future__ import annotations

import socket
import ssl
from http.client import HTTPException, HTTPSConnection
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings

from compliance.notices.webhooks.public_address import require_public

if TYPE_CHECKING:
    from collections.abc import Mapping

PORT = 443
PATIENCE = 15.0


class _Pinned(HTTPSConnection):
    """A connection to one address, for which the certificate must still be that of the name."""

    def __init__(self, host: str, port: int, *, address: str) -> None:
        context = ssl.create_default_context(cafile=settings.WEBHOOK_AUTHORITY_FILE)
        super().__init__(host, port, timeout=PATIENCE, context=context)
        self._secure, self._address = context, address

    def connect(self) -> None:
        """Connect to the address that was checked: a second look-up could lead elsewhere."""
        plain = socket.create_connection((self._address, self.port), timeout=PATIENCE)
        try:
            self.sock = self._secure.wrap_socket(plain, server_hostname=self.host)
        except OSError:
            plain.close()
            raise


def post(url: str, *, body: bytes, headers: Mapping[str, str]) -> int:
    """Return the status of the answer. Raises :class:`OSError` or :class:`http.client.HTTPException` without one."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORT
    found = {str(one[4][0]) for one in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for address in found:
        require_public(address)
    if not found:
        raise HTTPException
    connection = _Pinned(host, port, address=min(found, key=lambda one: (":" in one, one)))
    try:
        path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
        connection.request("POST", path, body=body, headers={**headers, "user-agent": "kbi-audit"})
        return connection.getresponse().status
    finally:
        connection.close()
