"""What is timestamped of a checkpoint. Pure."""

from __future__ import annotations

from hashlib import sha256

from compliance.ledger.notes import parse


def digest_of(note: str) -> bytes:
    """Return the SHA-256 of a signed note's text: the bytes that signer and witnesses sign, without signatures.

    Signature lines come later, or in another order, and change nothing of what a timestamp proves. Raises NoteError.
    """
    return sha256(parse(note).text.encode()).digest()
