"""What others have seen of a log: its tile store, its signer, and the witnesses of the policy."""

from __future__ import annotations

from dataclasses import dataclass, field

from compliance.kernel.errors import ComplianceError
from compliance.ledger.ask_signer import signer_head
from compliance.ledger.ask_witnesses import NotCosignedError, witness_head
from compliance.ledger.checkpoint import Checkpoint, CheckpointError, parse_checkpoint
from compliance.ledger.logs import LogNumber, origin_of
from compliance.ledger.notes import NoteError, parse
from compliance.ledger.stored_tiles import sealed_size, tree_of
from compliance.ledger.tile_store.read import newest_checkpoint
from compliance.ledger.trusted import current_policy
from compliance.ledger.witnessing.client import NoAnswerError

TILE_STORE = "the tile store"


@dataclass
class Outside:
    """Heads by who has seen them, and who could not be asked, and why."""

    heads: dict[str, Checkpoint] = field(default_factory=dict)
    silent: list[str] = field(default_factory=list)


def outside(log: int) -> Outside:
    """Ask everybody for the last head of a log that they know."""
    found = Outside()
    try:
        signed = signer_head(log)
        if signed is not None:
            found.heads["the signer"] = signed
    except ComplianceError as error:
        found.silent.append(f"The signer: {error}")
    try:
        note = newest_checkpoint(log)
        if note is not None:
            found.heads[TILE_STORE] = parse_checkpoint(parse(note).text)
    except (ComplianceError, NoteError, CheckpointError) as error:
        found.silent.append(f"The tile store: {error}")
    _ask_witnesses(log, found)
    return found


def differences(log: int, seen: Outside) -> list[str]:
    """Say what the database holds less, or otherwise, than others have seen."""
    sealed = sealed_size(log)
    name = LogNumber(log).name.lower()
    told = []
    for who, head in seen.heads.items():
        if head.size > sealed:
            told.append(f"Log {name}: {who} has seen {head.size} entries; {sealed} are sealed here.")
        elif tree_of(log, head.size).root() != head.root:
            told.append(
                f"Log {name}: {who} has seen another content of the first {head.size} entries. What was recorded since "
                "the restore stands in the place of what was lost: this log cannot go on. Follow docs/retention.md."
            )
    return told


def _ask_witnesses(log: int, found: Outside) -> None:
    policy = current_policy()
    for witness in () if policy is None else policy.witnesses.values():
        if witness.url is None:
            continue
        try:
            head = witness_head(witness, origin=origin_of(log))
        except (NoAnswerError, NotCosignedError) as error:
            found.silent.append(f"Witness {witness.name}: {error}")
        else:
            if head is not None:
                found.heads[f"witness {witness.name}"] = head
