"""Signatures under the public keys of certificates: RSA (PKCS #1 v1.5) and ECDSA. Pure."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from compliance.ledger.timestamps.curves import CURVES, ecdsa_holds
from compliance.ledger.timestamps.der import (
    BIT_STRING,
    INTEGER,
    NULL,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    SEQUENCE,
    DerError,
    tagged,
    whole,
)
from compliance.ledger.timestamps.digests import DIGESTS

if TYPE_CHECKING:
    from compliance.ledger.timestamps.der import Element

RSA_KEY = bytes.fromhex("2a864886f70d010101")
CURVE_KEY = bytes.fromhex("2a8648ce3d0201")
FEWEST_RSA_BITS = 2048
SIGNATURE_ALGORITHMS = {
    bytes.fromhex("2a864886f70d01010b"): (RSA_KEY, "sha256"),
    bytes.fromhex("2a864886f70d01010c"): (RSA_KEY, "sha384"),
    bytes.fromhex("2a864886f70d01010d"): (RSA_KEY, "sha512"),
    bytes.fromhex("2a8648ce3d040302"): (CURVE_KEY, "sha256"),
    bytes.fromhex("2a8648ce3d040303"): (CURVE_KEY, "sha384"),
    bytes.fromhex("2a8648ce3d040304"): (CURVE_KEY, "sha512"),
}


def key_signed(key: Element, *, message: bytes, signature: bytes, algorithm: Element, digest: str = "") -> bool:
    """Tell whether a key (SubjectPublicKeyInfo) signed a message; ``digest`` is for algorithms that name none.

    Raises DerError for a key, a digest or an algorithm that is not known.
    """
    named = algorithm.of(SEQUENCE).inside(1)[0].of(OBJECT_IDENTIFIER).content
    kind, digest = SIGNATURE_ALGORITHMS.get(named, (named, digest))
    described, bits = key.of(SEQUENCE).exactly(SEQUENCE, BIT_STRING)
    identifier, *parameters = described.inside(1)
    public = bits.content[1:]
    _require_known(identifier.of(OBJECT_IDENTIFIER).content == kind and digest in DIGESTS.values())
    if kind == RSA_KEY:
        return _rsa_holds(public, signature=signature, digest=digest, message=message)
    _require_known(kind == CURVE_KEY and len(parameters) == 1 and parameters[0].content in CURVES)
    r, s = whole(signature).of(SEQUENCE).exactly(INTEGER, INTEGER)
    return ecdsa_holds(
        CURVES[parameters[0].content],
        public=public,
        digest=hashlib.new(digest, message).digest(),
        r=int.from_bytes(r.content, "big", signed=True),
        s=int.from_bytes(s.content, "big", signed=True),
    )


def _rsa_holds(public: bytes, *, signature: bytes, digest: str, message: bytes) -> bool:
    """Compare with the one encoding that a right signature opens to (RFC 8017, section 8.2.2), rather than read it."""
    modulus, exponent = (
        int.from_bytes(number.content, "big") for number in whole(public).of(SEQUENCE).exactly(INTEGER, INTEGER)
    )
    _require_known(modulus.bit_length() >= FEWEST_RSA_BITS)
    identifier = next(identifier for identifier, name in DIGESTS.items() if name == digest)
    algorithm = tagged(SEQUENCE, tagged(OBJECT_IDENTIFIER, identifier) + tagged(NULL, b""))
    ending = tagged(SEQUENCE, algorithm + tagged(OCTET_STRING, hashlib.new(digest, message).digest()))
    octets = (modulus.bit_length() + 7) // 8
    expected = b"\x00\x01" + b"\xff" * (octets - len(ending) - 3) + b"\x00" + ending
    number = int.from_bytes(signature, "big")
    if len(signature) != octets or number >= modulus:
        return False
    return pow(number, exponent, modulus).to_bytes(octets, "big") == expected


def _require_known(holds: bool) -> None:  # noqa: FBT001 the one thing it is about
    if not holds:
        message = "a key or a signature of a kind that is not known"
        raise DerError(message)
