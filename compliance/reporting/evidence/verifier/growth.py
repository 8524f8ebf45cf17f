"""Whether other checkpoints are prefixes of the one that a bundle leads to. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.ledger.checkpoint import CheckpointError, parse_size
from compliance.ledger.notes import NoteError, decoded
from compliance.ledger.policy import PolicyError
from compliance.ledger.proofs import consistency_holds
from compliance.reporting.evidence.verifier.authorship import Trust, confirmed_by, read_head, witnessed_of
from compliance.reporting.evidence.verifier.bag import LEDGER, Bag, BagError
from compliance.reporting.evidence.verifier.verdict import ABSENT, CONSISTENCY, PASSED, UNPROVEN

if TYPE_CHECKING:
    from compliance.ledger.checkpoint import Checkpoint
    from compliance.reporting.evidence.verifier.bounds import Witnessed
    from compliance.reporting.evidence.verifier.declaration import Declaration
    from compliance.reporting.evidence.verifier.verdict import Findings

_OLD = "old "


class ConsistencyError(ValueError):
    """A consistency proof that is not one."""


def consistency_request(*, old: int, path: list[str], note: str) -> str:
    """Write an add-checkpoint request (C2SP tlog-witness); ``path`` is hashes in base64."""
    return "".join((f"{_OLD}{old}\n", *(f"{node}\n" for node in path), "\n", note))


def read_request(written: str) -> tuple[int, list[bytes], str]:
    """Read an add-checkpoint request: old size, proof, and the note. Raises :class:`ConsistencyError`."""
    head, blank, note = written.partition("\n\n")
    old, *path = head.split("\n")
    try:
        if not blank or not old.startswith(_OLD):
            raise ConsistencyError
        return parse_size(old.removeprefix(_OLD)), [decoded(node) for node in path], note
    except (CheckpointError, NoteError) as error:
        raise ConsistencyError from error


def check_growth(
    findings: Findings,
    *,
    bag: Bag,
    declaration: Declaration,
    trust: Trust,
    head: Checkpoint,
    note: str,
    held: str | None,
) -> list[Witnessed]:
    """Check every other checkpoint, and the reader's own; return when those that hold were witnessed."""
    witnessed: list[Witnessed] = []
    roots: dict[int, bytes] = {}
    for size, _role in declaration.checkpoints:
        try:
            confirmed = confirmed_by(trust, bag.text(f"{LEDGER}checkpoints/{size}"))
        except (PolicyError, BagError):
            findings.fail(CONSISTENCY, "other-unsigned", size=size)
            continue
        other = confirmed.checkpoint
        if other.size != size or other.origin != head.origin:
            findings.fail(CONSISTENCY, "other-unsigned", size=size)
        elif not _is_prefix(bag, other, head, note):
            findings.fail(CONSISTENCY, "other-not-prefix", size=size)
        else:
            roots[size] = other.root
            witnessed += witnessed_of(confirmed)
    if held is not None:
        _check_held(findings, trust=trust, head=head, roots=roots, held=held)
    elif not declaration.checkpoints:
        findings.conclude(CONSISTENCY, ABSENT, "consistency-absent")
    else:
        findings.conclude(CONSISTENCY, PASSED, "consistency-others", count=len(declaration.checkpoints))
    return witnessed


def _check_held(findings: Findings, *, trust: Trust, head: Checkpoint, roots: dict[int, bytes], held: str) -> None:
    own = read_head(held)
    try:
        confirmed_by(trust, held)
    except PolicyError:
        own = None
    if own is None or own.origin != head.origin:
        findings.fail(CONSISTENCY, "held-unreadable")
        return
    known = head.root if own.size == head.size else roots.get(own.size)
    if known is None:
        findings.conclude(CONSISTENCY, UNPROVEN, "held-no-proof", size=own.size)
    elif known != own.root:
        findings.fail(CONSISTENCY, "held-contradicts", size=own.size)
    else:
        findings.conclude(CONSISTENCY, PASSED, "held-prefix", size=own.size, head=head.size)


def _is_prefix(bag: Bag, other: Checkpoint, head: Checkpoint, note: str) -> bool:
    try:
        old, path, named = read_request(bag.text(f"{LEDGER}consistency/{other.size}"))
    except (ConsistencyError, BagError):
        return False
    if old != other.size or named != note:
        return False
    return consistency_holds(
        first=other.size, first_root=other.root, second=head.size, second_root=head.root, path=path
    )
