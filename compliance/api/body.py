"""The bytes of a request: as sent, or unpacked from gzip without ever holding more than is accepted."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from django.conf import settings

from compliance.kernel.errors import MalformedInputError, TooLargeError

if TYPE_CHECKING:
    from rest_framework.request import Request

_GZIP = 16 + zlib.MAX_WBITS


def body_of(request: Request) -> bytes:
    """Return the body. Raises :class:`TooLargeError` and :class:`MalformedInputError`."""
    most = int(settings.MAX_BODY_BYTES)
    sent = request.META.get("CONTENT_LENGTH") or "0"
    if sent.isdigit() and int(sent) > most:
        raise TooLargeError(detail=_too_large(most))
    octets = request._request.body  # noqa: SLF001 - the framework's way to the raw body
    encoding = request.META.get("HTTP_CONTENT_ENCODING", "").strip().lower()
    match encoding:
        case "" | "identity":
            return octets
        case "gzip":
            return _unpack(octets, most)
        case _:
            raise MalformedInputError(detail="Content-Encoding: use gzip or none.")


def _unpack(octets: bytes, most: int) -> bytes:
    unpacker = zlib.decompressobj(_GZIP)
    try:
        unpacked = unpacker.decompress(octets, most + 1)
    except zlib.error as error:
        raise MalformedInputError(detail="The body is not gzip, though Content-Encoding says so.") from error
    if len(unpacked) > most:
        raise TooLargeError(detail=_too_large(most))
    if not unpacker.eof:
        raise MalformedInputError(detail="The gzip body breaks off. Send it again, whole.")
    return unpacked


def _too_large(most: int) -> str:
    return f"The body is larger than {most} bytes. Send it in parts; each part is recorded whole or not at all."
