"""The address on which a signer or a witness listens. Pure."""

from __future__ import annotations


def address_of(written: str) -> tuple[str, int]:
    """Read ``host:port``; an IPv6 address stands in brackets. Raises ``ValueError``."""
    host, colon, port = written.rpartition(":")
    if not colon or not (port.isascii() and port.isdecimal()):
        message = f"{written} is not an address and a port, such as 127.0.0.1:8101."
        raise ValueError(message)
    return host.removeprefix("[").removesuffix("]"), int(port)
