"""Give a new memory the last head back that the lost one had: from a checkpoint that others kept. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.ledger.checkpoint import CheckpointError, parse_checkpoint
from compliance.ledger.notes import NoteError, parse, signed_by
from compliance.ledger.witnessing.memory import UnusableMemoryError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.ledger.checkpoint import Checkpoint
    from compliance.ledger.notes import Verifier
    from compliance.ledger.witnessing.memory import Memory


def recollect(memory: Memory, checkpoint: str, *, own: Iterable[Verifier]) -> Checkpoint:
    """Remember a checkpoint (signed note) that one of these keys, our own, signed before; return its head.

    It must be the newest that anybody holds: from there on it is signed again. Raises
    :class:`UnusableMemoryError` when it is not ours, or when the memory has a head of that log.
    """
    try:
        note = parse(checkpoint)
        head = parse_checkpoint(note.text)
        signed = signed_by(note, own)
    except (NoteError, CheckpointError) as error:
        raise UnusableMemoryError(str(error)) from error
    if not signed:
        message = f"This checkpoint of {head.origin} was not signed with a key that is given here."
        raise UnusableMemoryError(message)
    if memory.last(head.origin) is not None:
        message = f"The memory has a head of {head.origin}: nothing is put in its place."
        raise UnusableMemoryError(message)
    memory.keep(head.origin, note)
    return head
