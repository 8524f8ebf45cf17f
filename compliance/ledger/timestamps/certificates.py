"""Certificates (RFC 5280), as far as a chain from a timestamp authority to a root needs them. Pure."""

from __future__ import annotations

from base64 import b64decode
from binascii import Error as NotBase64Error
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from compliance.ledger.timestamps.der import (
    BIT_STRING,
    OBJECT_IDENTIFIER,
    OCTET_STRING,
    SEQUENCE,
    UTC_TIME,
    DerError,
    whole,
)
from compliance.ledger.timestamps.public_keys import key_signed

if TYPE_CHECKING:
    from compliance.ledger.timestamps.der import Element

VERSION, EXTENSIONS, BOOLEAN_TAG = 0xA0, 0xA3, 0x01
KEY_USAGE, BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE = (bytes.fromhex(f"551d{last}") for last in ("0f", "13", "25"))
CERTIFICATE_POLICIES = bytes.fromhex("551d20")
HEEDED = {KEY_USAGE, BASIC_CONSTRAINTS, EXTENDED_KEY_USAGE, CERTIFICATE_POLICIES}
"""Extensions that may be critical; policies are not asked for, so that any will do."""
TIME_STAMPING = bytes.fromhex("2b06010505070308")
MAY_SIGN_CERTIFICATES = 0x04
NONE_GIVEN = b"\x30\x00"
LONGEST_CHAIN = 6
PEM_BEGIN, PEM_END = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class Certificate:
    """One certificate. ``extensions`` are values (DER) by identifier, ``critical`` those that must be heeded."""

    encoded: bytes
    signed: bytes
    issuer: bytes
    subject: bytes
    not_before: datetime
    not_after: datetime
    key: Element
    extensions: dict[bytes, bytes]
    critical: frozenset[bytes]
    algorithm: Element
    signature: bytes


def certificates_of_pem(text: str) -> list[bytes]:
    """Return the certificates (DER) of a PEM file; raises DerError."""
    try:
        return [b64decode(part.partition(PEM_END)[0]) for part in text.split(PEM_BEGIN)[1:]]
    except (NotBase64Error, ValueError) as error:
        message = "not certificates in PEM"
        raise DerError(message) from error


def read_certificate(encoded: bytes) -> Certificate:
    """Read a certificate; raises DerError."""
    body, algorithm, signature = whole(encoded).of(SEQUENCE).exactly(SEQUENCE, SEQUENCE, BIT_STRING)
    fields = body.inside(6)
    if fields[0].tag == VERSION:
        fields = fields[1:]
    if len(fields) < 6:  # noqa: PLR2004 up to the key
        message = "a certificate without a key"
        raise DerError(message)
    _serial, _algorithm, issuer, validity, subject, key, *rest = fields
    begin, end = validity.of(SEQUENCE).inside(2)
    extensions, critical = _extensions(rest)
    return Certificate(
        encoded=encoded,
        signed=body.encoded,
        issuer=issuer.of(SEQUENCE).encoded,
        subject=subject.of(SEQUENCE).encoded,
        not_before=moment_of(begin),
        not_after=moment_of(end),
        key=key.of(SEQUENCE),
        extensions=extensions,
        critical=critical,
        algorithm=algorithm,
        signature=signature.content[1:],
    )


def moment_of(time: Element) -> datetime:
    """Return a UTCTime or GeneralizedTime that ends in Z; raises DerError."""
    written = time.content.decode("ascii", "replace")
    year = "%y" if time.tag == UTC_TIME else "%Y"
    fraction = ".%f" if "." in written else ""
    try:
        return datetime.strptime(written, f"{year}%m%d%H%M%S{fraction}Z").replace(tzinfo=UTC)
    except ValueError as error:
        message = "a time that is not one"
        raise DerError(message) from error


def may_stamp(certificate: Certificate) -> bool:
    """Tell whether a certificate is for timestamps and nothing else, and says so critically (RFC 3161, section 2.3)."""
    purposes = certificate.extensions.get(EXTENDED_KEY_USAGE)
    if purposes is None or EXTENDED_KEY_USAGE not in certificate.critical:
        return False
    listed = whole(purposes).of(SEQUENCE).inside()
    return [purpose.of(OBJECT_IDENTIFIER).content for purpose in listed] == [TIME_STAMPING]


def is_trusted(certificate: Certificate, *, others: list[Certificate], pinned: set[bytes], at: datetime) -> bool:
    """Tell whether a chain valid at that moment leads to a pinned certificate (DER); ``others`` may stand between.

    Raises DerError for a key or algorithm that is not known.
    """
    return _leads(certificate, others, pinned, at, below=0)


def _leads(certificate: Certificate, others: list[Certificate], pinned: set[bytes], at: datetime, below: int) -> bool:
    if below > LONGEST_CHAIN or not _is_valid(certificate, at) or (below and not _may_issue(certificate, below - 1)):
        return False
    if certificate.encoded in pinned:
        return True
    issuers = (issuer for issuer in others if issuer.subject == certificate.issuer and issuer is not certificate)
    return any(
        key_signed(
            issuer.key,
            message=certificate.signed,
            signature=certificate.signature,
            algorithm=certificate.algorithm,
        )
        and _leads(issuer, others, pinned, at, below + 1)
        for issuer in issuers
    )


def _is_valid(certificate: Certificate, at: datetime) -> bool:
    return certificate.not_before <= at <= certificate.not_after and certificate.critical <= HEEDED


def _may_issue(certificate: Certificate, between: int) -> bool:
    """Tell whether it may sign certificates with so many authorities between it and the last one."""
    constraints = whole(certificate.extensions.get(BASIC_CONSTRAINTS, NONE_GIVEN)).of(SEQUENCE).inside()
    if not constraints or constraints[0].tag != BOOLEAN_TAG or constraints[0].content != b"\xff":
        return False
    if len(constraints) > 1 and int.from_bytes(constraints[1].content, "big") < between:
        return False
    usage = certificate.extensions.get(KEY_USAGE)
    return usage is None or any(bits & MAY_SIGN_CERTIFICATES for bits in whole(usage).of(BIT_STRING).content[1:2])


def _extensions(rest: list[Element]) -> tuple[dict[bytes, bytes], frozenset[bytes]]:
    found: dict[bytes, bytes] = {}
    critical = set()
    for listed in (part for part in rest if part.tag == EXTENSIONS):
        for extension in listed.inside(1)[0].of(SEQUENCE).inside():
            identifier, *flag, content = extension.of(SEQUENCE).inside(2)
            name = identifier.of(OBJECT_IDENTIFIER).content
            if name in found:
                message = "an extension that stands there twice"
                raise DerError(message)
            found[name] = content.of(OCTET_STRING).content
            if flag and flag[0].of(BOOLEAN_TAG).content == b"\xff":
                critical.add(name)
    return found, frozenset(critical)
