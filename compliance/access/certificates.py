"""Read a client's certificate: what stands in it, and the thumbprint by which it is known (RFC 8705)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import load_pem_x509_certificate
from django.utils.translation import gettext_lazy as _

from compliance.access.public_keys import LONGEST, PRIVATE
from compliance.kernel.errors import FieldError, InvalidInputError

if TYPE_CHECKING:
    from datetime import datetime

    from django.utils.functional import _StrPromise as StrPromise

UNREADABLE = _("This is no certificate. Paste the text that begins with -----BEGIN CERTIFICATE-----.")
ENDED = _("This certificate has ended. Paste the one that took its place.")


class Certificate(NamedTuple):
    """The SHA-256 of a certificate (DER), and when it ends."""

    thumbprint: bytes
    ends_at: datetime


def thumbprint_of(der: bytes) -> bytes:
    """Return by what a certificate is known."""
    return hashlib.sha256(der).digest()


def read_certificate(text: str, *, at: datetime) -> Certificate:
    """Return what is kept of a certificate. Raises :class:`InvalidInputError`, which never repeats what was pasted."""
    if "PRIVATE KEY" in text:
        raise _refused(PRIVATE, "private-key")
    try:
        certificate = load_pem_x509_certificate(text[:LONGEST].strip().encode())
        ends_at = certificate.not_valid_after_utc
    except ValueError as error:
        raise _refused(UNREADABLE, "unreadable") from error
    if ends_at <= at:
        raise _refused(ENDED, "ended")
    return Certificate(thumbprint_of(certificate.public_bytes(Encoding.DER)), ends_at)


def _refused(sentence: StrPromise, code: str) -> InvalidInputError:
    return InvalidInputError(errors=(FieldError("/certificate", str(sentence), code),))
