"""The digest algorithms that are known, by the content of their object identifiers. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.ledger.timestamps.der import OBJECT_IDENTIFIER, SEQUENCE, DerError

if TYPE_CHECKING:
    from compliance.ledger.timestamps.der import Element

DIGESTS = {
    bytes.fromhex("608648016503040201"): "sha256",
    bytes.fromhex("608648016503040202"): "sha384",
    bytes.fromhex("608648016503040203"): "sha512",
}


def digest_named(algorithm: Element) -> str:
    """Return the name, in hashlib, of the digest that an AlgorithmIdentifier names; raises DerError."""
    identifier = algorithm.of(SEQUENCE).inside(1)[0].of(OBJECT_IDENTIFIER).content
    if identifier not in DIGESTS:
        message = "a digest that is not known"
        raise DerError(message)
    return DIGESTS[identifier]
