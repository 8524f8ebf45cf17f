"""The body of an ``add-checkpoint`` request (C2SP tlog-witness). Pure."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from compliance.ledger.checkpoint import CheckpointError, parse_size
from compliance.ledger.notes import NoteError, decoded
from compliance.ledger.proofs import HASH_BYTES

LONGEST_PROOF = 63
_OLD = "old "


class RequestError(ValueError):
    """A body that is not one of an ``add-checkpoint`` request."""


@dataclass(frozen=True, slots=True)
class AddCheckpoint:
    """The size that the log had at the last signature, the proof that it grew from there, and the checkpoint.

    A witness is sent a signed note; the signer is sent its text alone.
    """

    old: int
    proof: tuple[bytes, ...]
    checkpoint: str

    def body(self) -> bytes:
        """Return the body of the request."""
        lines = [f"{_OLD}{self.old}", *(b64encode(node).decode() for node in self.proof), "", self.checkpoint]
        return "\n".join(lines).encode()


def parse_request(body: bytes) -> AddCheckpoint:
    """Read the body of a request. Raises :class:`RequestError`."""
    try:
        head, blank, checkpoint = body.decode().partition("\n\n")
        first, *proof = head.split("\n")
        if not blank or not first.startswith(_OLD) or len(proof) > LONGEST_PROOF:
            message = f"A request is an old size, {LONGEST_PROOF} hashes at the most, an empty line and a checkpoint."
            raise RequestError(message)
        request = AddCheckpoint(parse_size(first.removeprefix(_OLD)), tuple(map(decoded, proof)), checkpoint)
    except (UnicodeDecodeError, CheckpointError, NoteError) as error:
        message = f"The request cannot be read. {error}"
        raise RequestError(message) from error
    if any(len(node) != HASH_BYTES for node in request.proof):
        message = "A hash of a proof is 32 bytes."
        raise RequestError(message)
    return request
