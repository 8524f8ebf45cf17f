"""Ask witnesses to cosign a checkpoint, all at once: one that is down or slow keeps no other waiting.

Threads only speak HTTP; proofs are read from the database by the caller's thread, between two rounds.
"""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TYPE_CHECKING

import structlog

from compliance.ledger.checkpoint import Checkpoint, CheckpointError, parse_checkpoint, parse_size
from compliance.ledger.notes import Note, NoteError, parse, parse_signatures, signed_by
from compliance.ledger.witnessing.answer import CONFLICT, NOT_FOUND, OK, TREE_SIZE
from compliance.ledger.witnessing.client import NoAnswerError, ask
from compliance.ledger.witnessing.memory import name_of
from compliance.ledger.witnessing.request import AddCheckpoint

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

    from compliance.ledger.notes import Signed
    from compliance.ledger.patience import Patience
    from compliance.ledger.policy import Witness

log_event = structlog.get_logger(__name__)

_ROUNDS = 3


class NotCosignedError(Exception):
    """What a witness answered instead of a cosignature."""


class BehindError(Exception):
    """A witness last cosigned another size than was thought."""

    def __init__(self, size: int) -> None:
        """Keep the size."""
        super().__init__(f"has cosigned {size} leaves")
        self.size = size


def ask_witnesses(
    *,
    witnesses: Collection[Witness],
    note: Note,
    known: Mapping[str, int],
    proof_from: Callable[[int], Sequence[bytes]],
    patience: Patience,
) -> Iterator[tuple[Witness, Signed]]:
    """Yield each cosignature as it comes in.

    ``known`` has, by name, the size that a witness is thought to have cosigned last; it says itself when
    that is not so, and is then asked again with a proof from there. ``proof_from`` gives the proof from
    a size, and is called in the caller's thread.
    """
    checkpoint = parse_checkpoint(note.text)
    wanted = [
        (witness, min(known.get(witness.name, 0), checkpoint.size))
        for witness in witnesses
        if witness.url and patience.may_ask(witness.verifier.public)
    ]
    for _ in range(_ROUNDS):
        behind: list[tuple[Witness, int]] = []
        for witness, outcome in _round(wanted, note, proof_from):
            match outcome:
                case BehindError(size=size) if size <= checkpoint.size:
                    behind.append((witness, size))
                case Exception():
                    # One that is ahead cosigned what we did not keep: the next head extends that too.
                    patience.failed(witness.verifier.public)
                    log_event.warning(
                        "witness_did_not_cosign",
                        witness=witness.name,
                        origin=checkpoint.origin,
                        size=checkpoint.size,
                        reason=str(outcome),
                    )
                case signed:
                    patience.answered(witness.verifier.public)
                    yield witness, signed
        wanted = behind


def witness_head(witness: Witness, *, origin: str) -> Checkpoint | None:
    """Return the last head of a log that a witness cosigned, verified with its key; ``None`` when it has none.

    Raises :class:`NoAnswerError` and :class:`NotCosignedError`.
    """
    answer = ask(witness.url or "", "GET", f"/{name_of(origin)}/checkpoint")
    if answer.status == NOT_FOUND:
        return None
    try:
        note = parse(answer.text)
        checkpoint = parse_checkpoint(note.text)
        signed = signed_by(note, [witness.verifier])
    except (NoteError, CheckpointError) as error:
        raise NotCosignedError(str(error)) from error
    if not signed or checkpoint.origin != origin:
        message = f"{witness.name} answered with a head that it did not cosign, or of another log."
        raise NotCosignedError(message)
    return checkpoint


def _round(
    wanted: Sequence[tuple[Witness, int]], note: Note, proof_from: Callable[[int], Sequence[bytes]]
) -> Iterator[tuple[Witness, Signed | Exception]]:
    """Ask each witness once, all at the same time."""
    if not wanted:
        return
    with ThreadPoolExecutor(len(wanted), thread_name_prefix="witness") as pool:
        asked = {
            pool.submit(_cosign, witness, AddCheckpoint(old, tuple(proof_from(old)), str(note)), note): witness
            for witness, old in wanted
        }
        for done in as_completed(asked):
            try:
                yield asked[done], done.result()
            except (NoAnswerError, NotCosignedError, BehindError) as error:
                yield asked[done], error


def _cosign(witness: Witness, request: AddCheckpoint, note: Note) -> Signed:
    answer = ask(witness.url or "", "POST", "/add-checkpoint", request.body())
    try:
        if answer.status == CONFLICT and answer.content_type == TREE_SIZE:
            raise BehindError(parse_size(answer.text.removesuffix("\n")))
        if answer.status != OK:
            message = f"answered {answer.status}: {answer.text.strip()[:200]}"
            raise NotCosignedError(message)
        signed = signed_by(Note(note.text, parse_signatures(answer.text)), [witness.verifier])
    except (NoteError, CheckpointError) as error:
        raise NotCosignedError(str(error)) from error
    if not signed:
        message = "answered without a signature of the key that the policy has for it"
        raise NotCosignedError(message)
    return signed[0]
