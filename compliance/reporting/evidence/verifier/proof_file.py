"""A proof of one record in a file (C2SP tlog-proof), which carries its record as extra data. Pure."""

from __future__ import annotations

from base64 import b64encode
from typing import NamedTuple

from compliance.ledger.checkpoint import CheckpointError, parse_size
from compliance.ledger.notes import NoteError, decoded

PROOF_HEADER = "c2sp.org/tlog-proof@v1"
_EXTRA, _PLACE = "extra ", "index "


class ProofFileError(ValueError):
    """A file that is not a proof."""


class ProofFile(NamedTuple):
    """The parts of a proof: opaque extra data, the leaf's index, the path of hashes, and the checkpoint's note."""

    extra: bytes
    leaf_index: int
    path: list[bytes]
    note: str


def write_proof(proof: ProofFile) -> str:
    """Write a proof."""
    extra = [f"{_EXTRA}{b64encode(proof.extra).decode()}\n"] if proof.extra else []
    path = (f"{b64encode(node).decode()}\n" for node in proof.path)
    return "".join((f"{PROOF_HEADER}\n", *extra, f"{_PLACE}{proof.leaf_index}\n", *path, "\n", proof.note))


def read_proof(written: str) -> ProofFile:
    """Read a proof. Raises :class:`ProofFileError`."""
    head, blank, note = written.partition("\n\n")
    header, *lines = head.split("\n")
    try:
        extra = decoded(lines.pop(0).removeprefix(_EXTRA)) if lines and lines[0].startswith(_EXTRA) else b""
        if header != PROOF_HEADER or not blank or not lines or not lines[0].startswith(_PLACE):
            message = "This is not a proof as C2SP writes them."
            raise ProofFileError(message)
        index = parse_size(lines[0].removeprefix(_PLACE))
        return ProofFile(extra, index, [decoded(line) for line in lines[1:]], note)
    except (CheckpointError, NoteError) as error:
        raise ProofFileError(str(error)) from error
