"""The signer of a token: what was signed, and by which of the token's certificates (RFC 5652, RFC 5035). Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.ledger.timestamps.der import (
    INTEGER,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    SEQUENCE,
    SET,
    DerError,
    tagged,
)
from compliance.ledger.timestamps.digests import digest_named

if TYPE_CHECKING:
    from compliance.ledger.timestamps.der import Element
    from compliance.ledger.timestamps.signed_data import SignedData

SIGNED_ATTRIBUTES = 0xA0
SIGNING_CERTIFICATE = bytes.fromhex("2a864886f70d010910020c")
SIGNING_CERTIFICATE_V2 = bytes.fromhex("2a864886f70d010910022f")


@dataclass(frozen=True, slots=True)
class Signer:
    """What a SignerInfo says. ``signed`` is the DER that the signature is over, ``attributes`` what it holds."""

    issuer: bytes
    serial: bytes
    digest: str
    signed: bytes
    attributes: dict[bytes, Element]
    algorithm: Element
    signature: bytes


def signer_of(parts: SignedData) -> Signer:
    """Read the SignerInfo of a token; raises DerError, for a digest that is not known too."""
    _version, name, digest, attributes, algorithm, signature, *_unsigned = parts.signer.inside(6)
    issuer, serial = name.of(SEQUENCE).exactly(SEQUENCE, INTEGER)
    found: dict[bytes, Element] = {}
    for attribute in attributes.of(SIGNED_ATTRIBUTES).inside():
        kind, values = attribute.of(SEQUENCE).exactly(OBJECT_IDENTIFIER, SET)
        if kind.content in found:
            message = "an attribute that stands there twice"
            raise DerError(message)
        found[kind.content] = values.inside(1)[0]
    return Signer(
        issuer=issuer.encoded,
        serial=serial.content,
        digest=digest_named(digest),
        signed=tagged(SET, attributes.content),
        attributes=found,
        algorithm=algorithm.of(SEQUENCE),
        signature=signature.of(OCTET_STRING).content,
    )


def signer_certificate(parts: SignedData) -> bytes:
    """Return the certificate (DER) that signed, which the signed attributes name by its hash; raises DerError.

    The signature covers neither the certificates nor the signer's name, so that without this hash another
    certificate for the same key, with other dates, could take its place.
    """
    signer = signer_of(parts)
    named = [found.encoded for found in parts.certificates if _is_named(found, signer)]
    digest, expected = _named_hash(signer)
    if len(named) != 1 or hashlib.new(digest, named[0], usedforsecurity=False).digest() != expected:
        message = "the certificate that it was signed with is not there, or not there alone"
        raise DerError(message)
    return named[0]


def _is_named(certificate: Element, signer: Signer) -> bool:
    body = certificate.of(SEQUENCE).inside(1)[0].of(SEQUENCE).inside(4)
    fields = body[1:] if body[0].tag == SIGNED_ATTRIBUTES else body  # the version has this tag too
    return fields[0].content == signer.serial and fields[2].encoded == signer.issuer


def _named_hash(signer: Signer) -> tuple[str, bytes]:
    """Return the hash in ESSCertIDv2 (SHA-256 unless it says otherwise), else in the older ESSCertID (SHA-1)."""
    if SIGNING_CERTIFICATE_V2 in signer.attributes:
        fields = _first_identifier(signer.attributes[SIGNING_CERTIFICATE_V2]).inside(1)
        digest = digest_named(fields.pop(0)) if fields[0].tag == SEQUENCE and len(fields) > 1 else "sha256"
    elif SIGNING_CERTIFICATE in signer.attributes:
        fields, digest = _first_identifier(signer.attributes[SIGNING_CERTIFICATE]).inside(1), "sha1"
    else:
        message = "no certificate is named in what was signed"
        raise DerError(message)
    return digest, fields[0].of(OCTET_STRING).content


def _first_identifier(attribute: Element) -> Element:
    return attribute.of(SEQUENCE).inside(1)[0].of(SEQUENCE).inside(1)[0].of(SEQUENCE)
