"""Who gave a token: the name in the certificate of its signer."""

from __future__ import annotations

from cryptography.x509 import load_der_x509_certificate

from compliance.ledger.timestamps.signed_data import signed_data
from compliance.ledger.timestamps.signer import signer_certificate


def authority_of(token: bytes) -> str:
    """Return the subject (RFC 4514) of the signer's certificate. Only of a token that was verified is it true."""
    return load_der_x509_certificate(signer_certificate(signed_data(token))).subject.rfc4514_string()
