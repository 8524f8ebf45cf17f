"""Signatures under checkpoints, verified by OpenSSL, in a tenth of the time of the pure program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from compliance.ledger.notes import COSIGNATURE, signed_message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.ledger.notes import Signature, Verifier

_TIME_BYTES = 8


def time_signed(text: str, signature: Signature, verifiers: Iterable[Verifier]) -> int | None:
    """Return when a note's text was signed (seconds since 1970; 0 for a log, which does not say); ``None`` for never.

    The signature counts when one of these keys made it.
    """
    for verifier in verifiers:
        if (verifier.name, verifier.key_id) == (signature.name, signature.key_id):
            time, made = _parts(verifier.kind, signature.signature)
            try:
                key = Ed25519PublicKey.from_public_bytes(verifier.public)
                key.verify(made, signed_message(text, kind=verifier.kind, time=time))
            except InvalidSignature:
                continue
            return time
    return None


def _parts(kind: int, signature: bytes) -> tuple[int, bytes]:
    if kind == COSIGNATURE:
        return int.from_bytes(signature[:_TIME_BYTES], "big"), signature[_TIME_BYTES:]
    return 0, signature
