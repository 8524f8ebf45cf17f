"""Look at a published log once: is it signed, does it hold all that it held, and is it fresh? Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.ledger.checkpoint import Checkpoint, CheckpointError, parse_checkpoint
from compliance.ledger.monitoring.remembered import Remembered
from compliance.ledger.notes import NoteError, parse
from compliance.ledger.policy import Confirmed, Policy, PolicyError
from compliance.ledger.proofs import EMPTY_ROOT, consistency_holds
from compliance.ledger.tiles import Tree

if TYPE_CHECKING:
    from compliance.ledger.monitoring.published_log import PublishedLog


class LogWrongError(Exception):
    """The log shows what it must not: evidence against who keeps it, or who carries it here."""

    def __init__(self, sentence: str, shown: str) -> None:
        """Keep the note that was shown."""
        super().__init__(sentence)
        self.shown = shown


class StaleError(Exception):
    """The log shows nothing wrong, and nothing new for too long."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen: the head, by how many leaves the log grew since the last look, and who confirmed it."""

    checkpoint: Checkpoint
    grown: int
    witnesses: tuple[str, ...]
    remembered: Remembered


def look(log: PublishedLog, *, policy: Policy | None, held: Remembered | None, at: int) -> Sighting:
    """Read the newest head, verify it and that it extends the one that is held; ``at`` is now, in seconds since 1970.

    Without a policy no signature is verified. Raises :class:`LogWrongError` and :class:`NotReachedError`.
    """
    shown = log.checkpoint()
    confirmed = _confirmed(shown, policy)
    checkpoint = confirmed.checkpoint
    before = Checkpoint(checkpoint.origin, 0, EMPTY_ROOT) if held is None else parse_checkpoint(parse(held.note).text)
    if checkpoint.origin != before.origin:
        message = f"The log calls itself {checkpoint.origin}; until now it was {before.origin}."
        raise LogWrongError(message, shown)
    _check_extends_held(log, before, checkpoint, shown)
    fresh_at = _fresh_at(confirmed, policy, held, at, is_new=held is None or checkpoint.size > before.size)
    return Sighting(
        checkpoint, checkpoint.size - before.size, tuple(sorted(confirmed.witnesses)), Remembered(shown, fresh_at)
    )


def check_fresh(fresh_at: int, *, at: int, most: int) -> None:
    """Raise :class:`StaleError` when the log was last known to be fresh more than ``most`` seconds before ``at``."""
    if at - fresh_at > most:
        message = f"Nothing newer was confirmed for {(at - fresh_at) // 60} minutes; {most // 60} are allowed."
        raise StaleError(message)


def _confirmed(shown: str, policy: Policy | None) -> Confirmed:
    try:
        note = parse(shown)
        if policy is None:
            return Confirmed(parse_checkpoint(note.text), {}, quorum_met=False)
        return policy.confirm(note)
    except (NoteError, CheckpointError, PolicyError) as error:
        raise LogWrongError(str(error), shown) from error


def _check_extends_held(log: PublishedLog, before: Checkpoint, checkpoint: Checkpoint, shown: str) -> None:
    """See that the tree of the new head is what the tiles say, and holds the tree of the old one as it was."""
    if checkpoint.size < before.size:
        message = f"The log shows {checkpoint.size} leaves, and had {before.size} before: leaves are gone."
        raise LogWrongError(message, shown)
    if checkpoint.size == before.size:
        if checkpoint.root != before.root:
            message = f"The log shows two roots for its first {before.size} leaves: it was forked."
            raise LogWrongError(message, shown)
        return
    log.forget_tiles()
    tree = Tree(log.tile, checkpoint.size)
    if tree.root() != checkpoint.root:
        message = f"The tiles of {checkpoint.size} leaves do not hash to the root that was signed."
        raise LogWrongError(message, shown)
    holds = consistency_holds(
        first=before.size,
        first_root=before.root,
        second=checkpoint.size,
        second_root=checkpoint.root,
        path=tree.consistency(before.size),
    )
    if not holds:
        message = f"The log of {checkpoint.size} leaves does not extend its first {before.size}: it was changed."
        raise LogWrongError(message, shown)


def _fresh_at(confirmed: Confirmed, policy: Policy | None, held: Remembered | None, at: int, *, is_new: bool) -> int:
    """Return the second at which the log was last fresh: by its witnesses' clocks, else when it last grew."""
    known = 0 if held is None else held.fresh_at
    if policy is None or policy.satisfied_by(()):
        return at if is_new else known
    # The latest second at which those who had cosigned by a later one were still a quorum.
    for second in sorted(set(confirmed.witnesses.values()), reverse=True):
        if policy.satisfied_by([name for name, time in confirmed.witnesses.items() if time >= second]):
            return max(known, min(second, at))
    return known
