"""Checkpoints (C2SP tlog-checkpoint): the head of a log as the text of a signed note. Pure."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from compliance.ledger.notes import NoteError, decoded

ROOT_BYTES = 32
_FEWEST_LINES = 3
_SIZE_LIMIT = 2**63


class CheckpointError(ValueError):
    """A text that is not the text of a checkpoint."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """That the log ``origin`` has ``size`` leaves, whose Merkle tree has this root (32 bytes)."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the text that is signed; it ends in a newline."""
        lines = (self.origin, str(self.size), b64encode(self.root).decode(), *self.extensions)
        return "".join(f"{line}\n" for line in lines)


def parse_checkpoint(text: str) -> Checkpoint:
    """Read the text of a checkpoint (a note's text, or a note not yet signed). Raises :class:`CheckpointError`."""
    lines = text.removesuffix("\n").split("\n")
    if not text.endswith("\n") or len(lines) < _FEWEST_LINES or not all(lines):
        message = "A checkpoint has three lines at least, and none that is empty."
        raise CheckpointError(message)
    origin, size, root, *extensions = lines
    try:
        checkpoint = Checkpoint(origin, parse_size(size), decoded(root), tuple(extensions))
    except NoteError as error:
        message = "The third line of a checkpoint is its root hash in base64."
        raise CheckpointError(message) from error
    if len(checkpoint.root) != ROOT_BYTES:
        message = "The root hash of a checkpoint is 32 bytes."
        raise CheckpointError(message)
    return checkpoint


def parse_size(written: str) -> int:
    """Read a number of leaves in decimal, without leading zeroes. Raises :class:`CheckpointError`."""
    if not (written.isascii() and written.isdecimal()) or (written != "0" and written.startswith("0")):
        message = "The size of a log is written in decimal digits, without leading zeroes."
        raise CheckpointError(message)
    # A number of 5,000 digits is refused before Python is asked to read it.
    if len(written) > len(str(_SIZE_LIMIT)) or int(written) >= _SIZE_LIMIT:
        message = "The size of a log is below 2^63."
        raise CheckpointError(message)
    return int(written)
