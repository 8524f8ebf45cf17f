"""The parts of a timestamp token: CMS signed data (RFC 5652) around a TSTInfo (RFC 3161). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.ledger.timestamps.der import OBJECT_IDENTIFIER, OCTET_STRING, SEQUENCE, SET, DerError, whole

if TYPE_CHECKING:
    from compliance.ledger.timestamps.der import Element

EXPLICIT_0 = CERTIFICATES = 0xA0
REVOCATION_LISTS = 0xA1
SIGNED_DATA = bytes.fromhex("2a864886f70d010702")
TST_INFO = bytes.fromhex("2a864886f70d0109100104")


@dataclass(frozen=True, slots=True)
class SignedData:
    """What a token holds. The certificates are not covered by the signature: anybody can add or reorder them."""

    tst_info: bytes
    certificates: list[Element]
    signer: Element


def signed_data(token: bytes) -> SignedData:
    """Return the parts of a TimeStampToken, or raise DerError; one signer, as RFC 3161 (2.4.2) demands."""
    kind, wrapped = whole(token).of(SEQUENCE).exactly(OBJECT_IDENTIFIER, EXPLICIT_0)
    _require_token(kind.content == SIGNED_DATA)
    [outer] = wrapped.exactly(SEQUENCE)
    parts = outer.inside(4)
    optional = [part for part in parts[3:-1] if part.tag in (CERTIFICATES, REVOCATION_LISTS)]
    _require_token(len(parts) == len(optional) + 4 and len({part.tag for part in optional}) == len(optional))
    certificates = [found for part in optional if part.tag == CERTIFICATES for found in part.inside()]
    [signer] = parts[-1].of(SET).exactly(SEQUENCE)
    kind, wrapped = parts[2].of(SEQUENCE).exactly(OBJECT_IDENTIFIER, EXPLICIT_0)
    _require_token(kind.content == TST_INFO)
    [contents] = wrapped.exactly(OCTET_STRING)
    return SignedData(tst_info=contents.content, certificates=certificates, signer=signer)


def _require_token(holds: bool) -> None:  # noqa: FBT001 the one thing it is about
    if not holds:
        message = "not a timestamp token"
        raise DerError(message)
