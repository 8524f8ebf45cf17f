"""Check a timestamp token with Python's standard library alone, for programs that auditors run by themselves. Pure."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from compliance.ledger.timestamps.certificates import is_trusted, may_stamp, moment_of, read_certificate
from compliance.ledger.timestamps.der import (
    GENERALIZED_TIME,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    SEQUENCE,
    DerError,
    whole,
)
from compliance.ledger.timestamps.digests import digest_named
from compliance.ledger.timestamps.public_keys import key_signed
from compliance.ledger.timestamps.signed_data import TST_INFO, signed_data
from compliance.ledger.timestamps.signer import signer_certificate, signer_of

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from compliance.ledger.timestamps.signed_data import SignedData

CONTENT_TYPE = bytes.fromhex("2a864886f70d010903")
MESSAGE_DIGEST = bytes.fromhex("2a864886f70d010904")
MOST_CERTIFICATES = 16


class TokenRefusedError(ValueError):
    """A token does not prove what is asked; the message says why."""


def token_time(token: bytes, digest: bytes, pinned_certificates_der: Collection[bytes]) -> datetime:
    """Return the time (UTC) at which an authority saw this SHA-256 digest, or raise TokenRefusedError.

    Only the pinned certificates (DER) decide whom to believe: a root, an authority between, or the one that
    stamps. Certificates must have been valid at the token's time, not now. RSA, P-256 and P-384 are known.
    """
    try:
        parts = signed_data(token)
        algorithm, imprint, time = _stamped(parts)
        _demand_of_token(algorithm == "sha256" and imprint == digest, "it is over another digest")
        _check_signer(parts, pinned_certificates_der, time)
    except DerError as error:
        raise TokenRefusedError(str(error)) from error
    return time


def _stamped(parts: SignedData) -> tuple[str, bytes, datetime]:
    """Read the TSTInfo: the digest's algorithm, the digest, and the time."""
    _version, _policy, imprint, _serial, time, *_rest = whole(parts.tst_info).of(SEQUENCE).inside(5)
    algorithm, digest = imprint.of(SEQUENCE).exactly(SEQUENCE, OCTET_STRING)
    return digest_named(algorithm), digest.content, moment_of(time.of(GENERALIZED_TIME))


def _check_signer(parts: SignedData, pinned: Collection[bytes], time: datetime) -> None:
    # Whoever carries a token can add certificates without end, and each may be tried.
    _demand_of_token(len(parts.certificates) <= MOST_CERTIFICATES, "it carries too many certificates")
    signer = signer_of(parts)
    certificate = read_certificate(signer_certificate(parts))
    others = [read_certificate(encoded) for encoded in [*pinned, *(found.encoded for found in parts.certificates)]]
    kind, hashed = (signer.attributes.get(name) for name in (CONTENT_TYPE, MESSAGE_DIGEST))
    _demand_of_token(
        kind is not None and kind.of(OBJECT_IDENTIFIER).content == TST_INFO, "what was signed is no timestamp"
    )
    expected = hashlib.new(signer.digest, parts.tst_info).digest()
    _demand_of_token(
        hashed is not None and hashed.of(OCTET_STRING).content == expected, "what was signed is something else"
    )
    _demand_of_token(
        key_signed(
            certificate.key,
            message=signer.signed,
            signature=signer.signature,
            algorithm=signer.algorithm,
            digest=signer.digest,
        ),
        "its signature does not hold",
    )
    _demand_of_token(may_stamp(certificate), "its signer's certificate is not for timestamps")
    _demand_of_token(
        is_trusted(certificate, others=others, pinned=set(pinned), at=time),
        "no chain that was valid then leads from its signer to an authority that is believed",
    )


def _demand_of_token(holds: bool, otherwise: str) -> None:  # noqa: FBT001 the one thing it is about
    if not holds:
        raise TokenRefusedError(otherwise)
