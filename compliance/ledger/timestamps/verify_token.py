"""Verify a timestamp token."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rfc3161_client import VerifierBuilder, decode_timestamp_response

from compliance.ledger.timestamps.response import response_of
from compliance.ledger.timestamps.signed_data import signed_data
from compliance.ledger.timestamps.signer import signer_certificate

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from cryptography.x509 import Certificate

SHA256 = "2.16.840.1.101.3.4.2.1"


class TokenError(Exception):
    """A token does not prove what is asked; the message says why."""


def verify_token(*, token: bytes, digest: bytes, roots: Sequence[Certificate], nonce: int | None = None) -> datetime:
    """Return the time (UTC) at which an authority saw this SHA-256 digest, or raise TokenError.

    ``roots`` decide alone whom to believe; a token's own certificates only fill the chain up to them.
    Certificates must have been valid at the token's time, not now: an authority's certificates expire
    long before its tokens stop mattering. With ``nonce``, the token must answer that request.
    """
    try:
        response = decode_timestamp_response(response_of(token))
        stamped = response.tst_info
        if stamped.message_imprint.hash_algorithm.dotted_string != SHA256:
            message = "its digest is not SHA-256"
            raise TokenError(message)
        signer_certificate(signed_data(token))  # the library does not look at this
        VerifierBuilder(roots=list(roots), nonce=nonce).build().verify(response, digest)
    except TokenError:
        raise
    except Exception as error:  # what strangers wrote fails in the libraries in more ways than they list
        raise TokenError(str(error)) from error
    return stamped.gen_time
