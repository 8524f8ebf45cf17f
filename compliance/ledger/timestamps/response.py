"""What an authority answers (TimeStampResp, RFC 3161, section 2.4.2), and the token in it. Pure."""

from __future__ import annotations

from compliance.ledger.timestamps.der import INTEGER, SEQUENCE, tagged, whole
from compliance.ledger.timestamps.signed_data import signed_data

GRANTED = tagged(SEQUENCE, tagged(INTEGER, b"\x00"))
GRANTED_STATUSES = (b"\x00", b"\x01")


class NotGrantedError(ValueError):
    """The authority refused."""


def token_of(response: bytes) -> bytes:
    """Return the token of a response, byte for byte; raises DerError, or NotGrantedError with the status."""
    status, *token = whole(response).of(SEQUENCE).inside(1)
    number = status.of(SEQUENCE).inside(1)[0].of(INTEGER).content
    if number not in GRANTED_STATUSES or len(token) != 1:
        message = f"status {int.from_bytes(number, 'big')}"
        raise NotGrantedError(message)
    return token[0].encoded


def response_of(token: bytes) -> bytes:
    """Wrap a token as the granted response that it came in, with its certificates in the order of DER.

    A SET OF is sorted by its bytes in DER, yet many authorities (OpenSSL's among them) put the signer's
    certificate first. The signature does not cover the certificates, so sorting them changes nothing that
    was signed, and readers that insist on DER can read the token.
    """
    certificates = signed_data(token).certificates
    if certificates:
        ordered = b"".join(sorted(certificate.encoded for certificate in certificates))
        token = token[: certificates[0].start] + ordered + token[certificates[-1].end :]
    return tagged(SEQUENCE, GRANTED + token)
