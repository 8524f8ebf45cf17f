"""Seal only what extends all that was seen outside: a database that was restored must not begin a second history."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.kernel.errors import ComplianceError
from compliance.ledger.ask_signer import signer_head
from compliance.ledger.checkpoint import parse_checkpoint
from compliance.ledger.notes import parse
from compliance.ledger.stored_tiles import sealed_size, tree_of
from compliance.ledger.tile_store.read import newest_checkpoint

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.ledger.checkpoint import Checkpoint


class LedgerBehindError(ComplianceError):
    """Somebody outside has seen more of a log than the database holds, or something else."""

    problem_type = "ledger-behind"
    title = "The database holds less of the ledger than was signed or published, or another one. Run after_restore."


def check_continuity(*, log: int) -> None:
    """Hold a log to the last heads of its signer and of its tile store.

    Raises :class:`LedgerBehindError`, :class:`SignerAwayError` and :class:`SignerNotTrustedError`; nothing may be
    sealed then: what cannot be compared could be a second history.
    """
    sealed = sealed_size(log)
    for who, seen in _seen(log):
        if seen.size > sealed:
            message = (
                f"The {who} has seen {seen.size} leaves of log {log}; {sealed} are sealed here. Run after_restore."
            )
            raise LedgerBehindError(message)
        if tree_of(log, seen.size).root() != seen.root:
            message = f"The {who} has seen another root of the first {seen.size} leaves of log {log}: it was changed."
            raise LedgerBehindError(message)


def _seen(log: int) -> Iterator[tuple[str, Checkpoint]]:
    signed = signer_head(log)
    if signed is not None:
        yield "signer", signed
    note = newest_checkpoint(log)
    if note is not None:
        yield "tile store", parse_checkpoint(parse(note).text)
