"""Signed notes (C2SP signed-note): a text, and lines that say who signed it. Pure.

Two kinds of signature are known: a log's (kind 1, Ed25519 over the text) and a witness's (kind 4,
``cosignature/v1`` of C2SP tlog-cosignature: the time too is signed).
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from binascii import Error as NotBase64Error
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from compliance.ledger.ed25519 import PUBLIC_BYTES, SIGNATURE_BYTES, public_key, sign, verify

if TYPE_CHECKING:
    from collections.abc import Iterable

LOG_SIGNATURE = 1
COSIGNATURE = 4

KEY_ID_BYTES = 4
MOST_BYTES = 1_000_000
MOST_SIGNATURES = 100

_KINDS = {LOG_SIGNATURE, COSIGNATURE}
_COSIGNATURE_TIME_BYTES = 8
_DASH = "\u2014 "
_FIRST_PRINTABLE = " "


class NoteError(ValueError):
    """A note, a key or a signature line that is not what the specification says."""


@dataclass(frozen=True, slots=True)
class Verifier:
    """A public key that signs notes under a name."""

    name: str
    key_id: bytes
    kind: int
    public: bytes


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature line: whose key it says it is of, and the signature itself."""

    name: str
    key_id: bytes
    signature: bytes

    @property
    def line(self) -> str:
        """Return the line, with its newline."""
        return f"{_DASH}{self.name} {b64encode(self.key_id + self.signature).decode()}\n"


@dataclass(frozen=True, slots=True)
class Note:
    """A text (which ends in a newline) and the signatures under it, not verified yet."""

    text: str
    signatures: tuple[Signature, ...]

    def __str__(self) -> str:
        """Return the note as it is sent and kept."""
        return f"{self.text}\n{''.join(signature.line for signature in self.signatures)}"


@dataclass(frozen=True, slots=True)
class Signed:
    """A signature that holds; ``time`` (seconds since 1970, UTC) is when a witness cosigned, 0 for a log."""

    verifier: Verifier
    signature: Signature
    time: int


def key_id(name: str, public: bytes, kind: int = LOG_SIGNATURE) -> bytes:
    """Return the four bytes by which a signature line names its key."""
    return sha256(name.encode() + b"\n" + bytes([kind]) + public).digest()[:KEY_ID_BYTES]


def vkey(name: str, public: bytes, kind: int = LOG_SIGNATURE) -> str:
    """Return the text form of a public key (32 bytes). Raises :class:`NoteError` for a name that none can have."""
    check_name(name)
    return f"{name}+{key_id(name, public, kind).hex()}+{b64encode(bytes([kind]) + public).decode()}"


def verifier_of(vkey: str) -> Verifier:
    """Return the key that a vkey is the text of. Raises :class:`NoteError`."""
    # A name holds no plus, but the base64 of the key may.
    name, _, rest = vkey.partition("+")
    written_id, _, encoded = rest.partition("+")
    check_name(name)
    material = decoded(encoded)
    kind, public = material[:1], material[1:]
    if not kind or kind[0] not in _KINDS or len(public) != PUBLIC_BYTES:
        message = "This verifier key is not Ed25519 of a kind that is known here."
        raise NoteError(message)
    expected = key_id(name, public, kind[0])
    if written_id != expected.hex():
        message = "The identifier in this verifier key is not that of its name and key."
        raise NoteError(message)
    return Verifier(name, expected, kind[0], public)


def parse(note: str) -> Note:
    """Read a note; nothing is verified. Raises :class:`NoteError`."""
    _check_characters(note)
    text, blank, lines = note.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        message = "A note is a text, an empty line, and signature lines that end in a newline."
        raise NoteError(message)
    return Note(f"{text}\n", parse_signatures(lines))


def parse_signatures(lines: str) -> tuple[Signature, ...]:
    """Read signature lines, at least one. Raises :class:`NoteError`."""
    _check_characters(lines)
    written = lines.removesuffix("\n").split("\n")
    if not lines.endswith("\n") or len(written) > MOST_SIGNATURES:
        message = f"Signature lines end in a newline, and a note has {MOST_SIGNATURES} at the most."
        raise NoteError(message)
    return tuple(_signature_of(line) for line in written)


def signed_by(note: Note, verifiers: Iterable[Verifier]) -> list[Signed]:
    """Return the signatures of these keys, each key once; signatures of other keys are ignored.

    Raises :class:`NoteError` when a signature says that it is of one of these keys and does not hold:
    then nothing in the note can be believed.
    """
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    found: dict[tuple[str, bytes], Signed] = {}
    for signature in note.signatures:
        verifier = known.get((signature.name, signature.key_id))
        if verifier is None:
            continue
        time = _time_of(signature, verifier)
        signed = signed_message(note.text, kind=verifier.kind, time=time)
        if not verify(verifier.public, signed, signature.signature[-SIGNATURE_BYTES:]):
            message = f"The signature under the name {signature.name} does not hold."
            raise NoteError(message)
        found.setdefault((signature.name, signature.key_id), Signed(verifier, signature, time))
    return list(found.values())


def verified(note: Note, verifiers: Iterable[Verifier]) -> list[str]:
    """Return the names of those of these keys that signed; none when nobody did. Raises as :func:`signed_by`."""
    return [signed.verifier.name for signed in signed_by(note, verifiers)]


def signed_message(text: str, *, kind: int, time: int = 0) -> bytes:
    """Return the bytes that a key of this kind signs for a note's text; ``time`` is a witness's, in seconds."""
    if kind == COSIGNATURE:
        return f"cosignature/v1\ntime {time}\n{text}".encode()
    return text.encode()


def signature_line(text: str, *, verifier: Verifier, signature: bytes, time: int = 0) -> str:
    """Return the line for a signature (64 bytes) of :func:`signed_message`."""
    prefix = time.to_bytes(_COSIGNATURE_TIME_BYTES, "big") if verifier.kind == COSIGNATURE else b""
    _check_characters(text)
    return Signature(verifier.name, verifier.key_id, prefix + signature).line


def sign_line(text: str, *, name: str, seed: bytes, kind: int = LOG_SIGNATURE, time: int = 0) -> str:
    """Sign a note's text with a private key (seed, 32 bytes); ``time`` (seconds since 1970) is for kind 4."""
    public = public_key(seed)
    verifier = Verifier(name, key_id(name, public, kind), kind, public)
    signature = sign(seed, signed_message(text, kind=kind, time=time))
    return signature_line(text, verifier=verifier, signature=signature, time=time)


def check_name(name: str) -> None:
    """Raise :class:`NoteError` unless a key may have this name."""
    _check_characters(name)
    if not name or any(character.isspace() or character == "+" for character in name):
        message = "The name of a key is not empty and has no spaces and no plus."
        raise NoteError(message)


def decoded(encoded: str) -> bytes:
    """Decode base64 (RFC 4648, section 4), of which one spelling is right. Raises :class:`NoteError`."""
    try:
        decoded = b64decode(encoded, validate=True)
    except (NotBase64Error, ValueError):
        decoded = None
    if decoded is None or b64encode(decoded).decode() != encoded:
        message = "This is not base64."
        raise NoteError(message)
    return decoded


def _signature_of(line: str) -> Signature:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    if not line.startswith(_DASH) or not space:
        message = "A signature line is a dash, a name and a signature."
        raise NoteError(message)
    check_name(name)
    material = decoded(encoded)
    if len(material) <= KEY_ID_BYTES:
        message = "A signature line has the identifier of a key, and a signature."
        raise NoteError(message)
    return Signature(name, material[:KEY_ID_BYTES], material[KEY_ID_BYTES:])


def _time_of(signature: Signature, verifier: Verifier) -> int:
    if verifier.kind == LOG_SIGNATURE:
        length, time = SIGNATURE_BYTES, 0
    else:
        length, time = (
            _COSIGNATURE_TIME_BYTES + SIGNATURE_BYTES,
            int.from_bytes(signature.signature[:_COSIGNATURE_TIME_BYTES], "big"),
        )
    if len(signature.signature) != length or (verifier.kind == COSIGNATURE and not 0 < time < 2**63):
        message = f"The signature under the name {signature.name} has not the form of its kind."
        raise NoteError(message)
    return time


def _check_characters(text: str) -> None:
    if any(character < _FIRST_PRINTABLE and character != "\n" for character in text):
        message = "A note has no control characters but newlines."
        raise NoteError(message)
    try:
        size = len(text.encode())
    except UnicodeEncodeError:
        size = None
    if size is None or size > MOST_BYTES:
        message = f"A note is Unicode of {MOST_BYTES:,} bytes at the most."
        raise NoteError(message)
