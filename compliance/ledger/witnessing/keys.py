"""Private keys of signers and witnesses, in the text form of Go's ``note`` package. Pure.

PRIVATE+KEY+<name>+<key id, hex>+<base64 of the kind and the seed>
"""

from __future__ import annotations

import os
from base64 import b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from compliance.ledger.ed25519 import SEED_BYTES, public_key
from compliance.ledger.notes import COSIGNATURE, LOG_SIGNATURE, NoteError, Verifier, check_name, decoded, key_id, vkey

if TYPE_CHECKING:
    from pathlib import Path

_PREFIX = "PRIVATE+KEY+"
_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key and the public one that it belongs to."""

    verifier: Verifier
    seed: bytes = field(repr=False)

    @property
    def vkey(self) -> str:
        """Return the text form of the public key."""
        return vkey(self.verifier.name, self.verifier.public, self.verifier.kind)

    def private_text(self) -> str:
        """Return the text form of the private key: a secret."""
        encoded = b64encode(bytes([self.verifier.kind]) + self.seed).decode()
        return f"{_PREFIX}{self.verifier.name}+{self.verifier.key_id.hex()}+{encoded}"


def signing_key(name: str, seed: bytes, kind: int) -> SigningKey:
    """Return the key that a seed (32 bytes) is under this name. Raises :class:`NoteError`."""
    check_name(name)
    public = public_key(seed)
    return SigningKey(Verifier(name, key_id(name, public, kind), kind, public), seed)


def new_key(name: str, kind: int) -> SigningKey:
    """Make a key by the system's chance."""
    return signing_key(name, os.urandom(SEED_BYTES), kind)


def parse_key(text: str) -> SigningKey:
    """Read the text form of a private key. Raises :class:`NoteError`, which tells nothing of the key."""
    name, _, rest = text.removeprefix(_PREFIX).partition("+")
    written_id, _, encoded = rest.partition("+")
    material = decoded(encoded)
    if not text.startswith(_PREFIX) or len(material) != 1 + SEED_BYTES:
        message = "This is not a private key of a signer or witness."
        raise NoteError(message)
    if material[0] not in {LOG_SIGNATURE, COSIGNATURE}:
        message = "This private key is of a kind that is not known here."
        raise NoteError(message)
    key = signing_key(name, material[1:], material[0])
    if key.verifier.key_id.hex() != written_id:
        message = "The identifier in this private key is not that of its name and key."
        raise NoteError(message)
    return key


def parse_keys(text: str) -> list[SigningKey]:
    """Read private keys, one a line; empty lines and those that begin with # are passed over."""
    lines = (line.strip() for line in text.split("\n"))
    return [parse_key(line) for line in lines if line and not line.startswith("#")]


def write_key(key: SigningKey, path: Path) -> None:
    """Write a private key to a new file that its owner alone reads. Raises ``FileExistsError``."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(f"{key.private_text()}\n")
        file.flush()
        os.fsync(file.fileno())
