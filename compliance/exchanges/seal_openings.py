"""Openings as they are stored: those about a person encrypted under the person's key."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from compliance.kernel.encryption import nonces, seal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    from compliance.exchanges.prepare import Prepared


class SealedOpening(NamedTuple):
    """One row of ``ledger_opening``; ``identifier`` is the record's, 16 bytes."""

    identifier: bytes
    position: int
    lookup: bytes | None
    dossier_lookup: bytes | None
    sealed: bytes


def seal_openings(prepared: Sequence[Prepared], ciphers: Mapping[bytes, AESGCM]) -> Iterator[SealedOpening]:
    """Yield the openings of these records; ``ciphers`` has one for each person's pseudonym."""
    fresh = nonces(sum(len(record.openings) for record in prepared))
    for record in prepared:
        identifier = record.keyed.id
        for position, lookup, dossier, text in record.openings:
            sealed = text
            if lookup is not None:
                bound_to = opening_name(identifier, position)
                sealed = seal(ciphers[lookup], text, nonce=next(fresh), bound_to=bound_to)
            yield SealedOpening(identifier, position, lookup, dossier, sealed)


def opening_name(identifier: bytes, position: int) -> bytes:
    """Return what an opening's encryption is bound to, so that it cannot be moved to another record."""
    return identifier + position.to_bytes(2, "big", signed=True)
