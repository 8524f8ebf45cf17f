"""Check a bundle: every named check, from the bag's digests to what its records leave open. Pure."""

from __future__ import annotations

import os
from dataclasses import replace
from functools import partial
from itertools import islice
from typing import TYPE_CHECKING

from compliance.ledger.policy import PolicyError, parse_policy
from compliance.ledger.proofs import leaf_hash, root_from_inclusion
from compliance.ledger.tiles import WIDTH
from compliance.reporting.evidence.verifier.authorship import Trust, check_authorship, witnessed_of
from compliance.reporting.evidence.verifier.bag import LEDGER, Bag, BagError, bag_problems, digests_of
from compliance.reporting.evidence.verifier.conclude import conclude
from compliance.reporting.evidence.verifier.crew import spread
from compliance.reporting.evidence.verifier.declaration import (
    MOST_PROOFS,
    NO_DISCLOSURES,
    RANGE_MODE,
    DeclarationError,
    read_declaration,
)
from compliance.reporting.evidence.verifier.erased import check_erasures
from compliance.reporting.evidence.verifier.growth import check_growth
from compliance.reporting.evidence.verifier.proof_file import ProofFileError, read_proof
from compliance.reporting.evidence.verifier.record_line import LEAF_MEMBER, LINE_END, LineError, index_of
from compliance.reporting.evidence.verifier.stretch import Stretch, Subject, bag_of, check_stretch
from compliance.reporting.evidence.verifier.table import HEADS_LINE
from compliance.reporting.evidence.verifier.tally import Tally
from compliance.reporting.evidence.verifier.tile_chain import tile_problems
from compliance.reporting.evidence.verifier.tokens import check_tokens
from compliance.reporting.evidence.verifier.verdict import (
    BAG,
    CHECKPOINT,
    CHECKS,
    CSV,
    DECLARATION,
    ERASURES,
    EXPIRY,
    INCLUSION,
    PASSED,
    TILES,
    UNPROVEN,
    Findings,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.reporting.evidence.verifier.bounds import Witnessed
    from compliance.reporting.evidence.verifier.declaration import Declaration
    from compliance.reporting.evidence.verifier.erased_openings import ErasedOpening

RECORDS, TABLE, DECLARED = "data/records.ndjson", "data/records.csv", "data/declaration.json"
CHECKPOINT_FILE, POLICY_FILE = "data/ledger/checkpoint", "data/ledger/policy"
_TILES_A_STRETCH = 16
_SMALL_BYTES = 20_000_000
_MOST_WORKERS = 8
_FILES_A_TASK = 512


class _GaveUpError(Exception):
    """What follows cannot be checked."""


def verify_bundle(
    path: str,
    *,
    policy: str | None,
    held: str | None = None,
    authorities: str | None = None,
    at: str,
    workers: int | None = None,
) -> Findings:
    """Check a bundle against a reader's policy and held checkpoint (texts); ``at`` is when expiry is judged."""
    findings = Findings(is_pinned=policy is not None)
    try:
        bag = Bag(path)
    except BagError as error:
        findings.fail(BAG, "bag-unreadable", why=str(error))
        return findings
    with bag:
        try:
            _Bundle(findings, bag, path, workers or _workers_for(bag)).verify(
                policy=policy, held=held, authorities=authorities, at=at
            )
        except BagError as error:
            findings.fail(BAG, "bag-unreadable", why=str(error))
        except _GaveUpError:
            pass
        finally:
            bag_of.cache_clear()
    for name in CHECKS:
        if name not in findings.checks:
            findings.conclude(name, UNPROVEN, "not-reached")
    return findings


class _Bundle:
    def __init__(self, findings: Findings, bag: Bag, path: str, workers: int) -> None:
        self._findings = findings
        self._bag = bag
        self._path = path
        self._workers = workers

    def verify(self, *, policy: str | None, held: str | None, authorities: str | None, at: str) -> None:
        findings, bag = self._findings, self._bag
        self._check_bag()
        declaration = self._declaration()
        trust = self._trust(policy)
        note = bag.text(CHECKPOINT_FILE)
        confirmed = check_authorship(findings, trust=trust, note=note)
        if confirmed is None:
            raise _GaveUpError
        head = confirmed.checkpoint
        if (head.origin, head.size, head.root) != (declaration.origin, declaration.size, declaration.root):
            findings.fail(CHECKPOINT, "checkpoint-other")
            raise _GaveUpError
        witnessed = witnessed_of(confirmed)
        witnessed += check_growth(
            findings, bag=bag, declaration=declaration, trust=trust, head=head, note=note, held=held
        )
        witnessed += check_tokens(findings, bag=bag, declaration=declaration, authorities=authorities)
        self._check_tiles(declaration)
        erased = check_erasures(findings, bag=bag, declaration=declaration)
        tally = self._check_records(declaration, witnessed, erased)
        self._check_proofs(declaration, note)
        conclude(findings, declaration=declaration, tally=tally, witnessed=witnessed)
        self._check_expiry(declaration, at)

    def _check_bag(self) -> None:
        files = sorted(self._bag.sizes, key=lambda file: -self._bag.sizes[file])
        count = max(self._workers, -(-len(files) // _FILES_A_TASK))
        parts = [part for part in (files[start::count] for start in range(count)) if part]
        digests: dict[str, str] = {}
        for found in spread(partial(digests_of, self._path), parts, workers=self._workers):
            digests |= found
        for key, file in bag_problems(self._bag, digests):
            self._findings.fail(BAG, key, file=file)
        self._findings.conclude(BAG, PASSED, "bag-whole", count=len(files))

    def _declaration(self) -> Declaration:
        try:
            declaration = read_declaration(self._bag.read(DECLARED))
        except DeclarationError as error:
            self._findings.fail(DECLARATION, "declaration-unreadable", why=str(error))
            raise _GaveUpError from error
        told = declaration.told
        self._findings.about = {
            **{name: told[name] for name in ("id", "recipient", "made_at", "expires_at", "mode", "count", "origin")},
            "size": declaration.size,
            "language": declaration.language,
        }
        named = {f"{LEDGER}checkpoints/{size}" for size, _ in declaration.checkpoints}
        named |= {LEDGER + file for _, file in declaration.timestamps}
        there = {
            file
            for file in self._bag.sizes
            if file.startswith((f"{LEDGER}checkpoints/", f"{LEDGER}timestamps/")) and not file.endswith(".pem")
        }
        if named != there:
            self._findings.fail(DECLARATION, "declaration-files")
        self._findings.conclude(DECLARATION, PASSED, "declaration-read", recipient=told["recipient"])
        return declaration

    def _trust(self, policy: str | None) -> Trust:
        try:
            text = self._bag.text(POLICY_FILE) if policy is None else policy
            return Trust(parse_policy(text), policy is not None)
        except PolicyError as error:
            self._findings.fail(CHECKPOINT, "policy-unreadable", why=str(error))
            raise _GaveUpError from error

    def _check_tiles(self, declaration: Declaration) -> None:
        files = {
            file.removeprefix(LEDGER)
            for file in self._bag.sizes
            if file.startswith(f"{LEDGER}tile/") and not file.startswith(f"{LEDGER}tile/entries/")
        }
        for key, tile in tile_problems(
            read=lambda tile: self._bag.read(LEDGER + tile) if tile in files else b"",
            files=files,
            size=declaration.size,
            root=declaration.root,
        ):
            self._findings.fail(TILES, key, tile=tile)
        self._findings.conclude(TILES, PASSED, "tiles-lead", count=len(files))

    def _check_records(
        self, declaration: Declaration, witnessed: list[Witnessed], erased: dict[str, list[ErasedOpening]]
    ) -> Tally:
        subject = Subject(
            path=self._path,
            origin=declaration.origin,
            size=declaration.size,
            mode=declaration.mode,
            filter=declaration.filter,
            made=declaration.made,
            witnessed=tuple(witnessed),
            erased=erased,
        )
        total = self._tally(declaration, subject)
        for check, key, index in total.faults:
            self._findings.fail(check, key, index=index)
        unlisted = [(record, opening) for record, opening in total.erasures if opening not in erased.get(record, ())]
        if unlisted and declaration.made != NO_DISCLOSURES:
            # Entries of the range erased more than the maker lists: look again at what is disclosed.
            more = {record: list(openings) for record, openings in erased.items()}
            for record, opening in unlisted:
                more.setdefault(record, []).append(opening)
            for check, key, index in self._tally(declaration, replace(subject, erased=more)).faults:
                if check == ERASURES:
                    self._findings.fail(check, key, index=index)
        return total

    def _tally(self, declaration: Declaration, subject: Subject) -> Tally:
        """Check all stretches of records."""
        total = Tally()
        for tally in spread(partial(check_stretch, subject), self._stretches(declaration), workers=self._workers):
            total.leaves += tally.leaves
            total.records += tally.records
            total.disclosures += tally.disclosures
            total.missing += tally.missing
            total.erasures += tally.erasures
            total.faults += tally.faults
        return total

    def _stretches(self, declaration: Declaration) -> Iterator[Stretch]:
        """Cut the records into stretches of tiles, with the rows of the table beside them."""
        first, last = declaration.span or (0, declaration.size)
        with self._bag.open(RECORDS) as lines, self._bag.open(TABLE) as rows:
            if rows.readline() != HEADS_LINE:
                self._findings.fail(CSV, "csv-heads")
            waiting = next(lines, b"")
            for start in range(first // WIDTH, -(-last // WIDTH), _TILES_A_STRETCH):
                end = min(start + _TILES_A_STRETCH, -(-last // WIDTH))
                mine: list[bytes] = []
                while waiting and self._place(waiting) < end * WIDTH:
                    mine.append(waiting)
                    waiting = next(lines, b"")
                if mine or declaration.mode == RANGE_MODE:
                    yield Stretch(start, end, last, mine, list(islice(rows, len(mine))))
            if waiting:
                self._findings.fail(INCLUSION, "record-outside", index=self._place(waiting))
            if next(rows, b""):
                self._findings.fail(CSV, "csv-besides")

    def _place(self, line: bytes) -> int:
        try:
            return index_of(line)
        except LineError:
            # It goes with the stretch at hand, which says that it cannot be read.
            return -1

    def _check_proofs(self, declaration: Declaration, note: str) -> None:
        """Check the proofs that stand alone: each leads to the root, and carries its record's line."""
        prefix, suffix = f"{LEDGER}proofs/", ".tlog-proof"
        files = [file for file in self._bag.sizes if file.startswith(prefix)]
        if not files:
            return
        lines = self._few_lines(declaration)
        for file in files:
            try:
                proof = read_proof(self._bag.text(file))
            except ProofFileError:
                self._findings.fail(INCLUSION, "proof-unreadable", file=file)
                continue
            line = lines.get(proof.leaf_index, b"\n")
            leaf = line.partition(LEAF_MEMBER)[2][: -len(LINE_END)]
            root = root_from_inclusion(
                leaf=leaf_hash(leaf), index=proof.leaf_index, size=declaration.size, path=proof.path
            )
            is_its_own = file == f"{prefix}{proof.leaf_index}{suffix}" and proof.extra + b"\n" == line
            if root != declaration.root or proof.note != note or not is_its_own:
                self._findings.fail(INCLUSION, "proof-broken", file=file)

    def _few_lines(self, declaration: Declaration) -> dict[int, bytes]:
        """Return the lines of the records by index, when they are few enough to have proofs of their own."""
        if declaration.count > MOST_PROOFS:
            return {}
        with self._bag.open(RECORDS) as lines:
            return {self._place(line): line for line in islice(lines, MOST_PROOFS)}

    def _check_expiry(self, declaration: Declaration, at: str) -> None:
        if at >= declaration.expires_at:
            self._findings.fail(EXPIRY, "expired", moment=declaration.expires_at)
        self._findings.conclude(EXPIRY, PASSED, "not-expired", moment=declaration.expires_at)


def _workers_for(bag: Bag) -> int:
    """Return how many processes a bundle is worth: starting them takes longer than checking a small one."""
    is_small = sum(bag.sizes.values()) < _SMALL_BYTES
    return 1 if is_small else min(os.cpu_count() or 1, _MOST_WORKERS)
