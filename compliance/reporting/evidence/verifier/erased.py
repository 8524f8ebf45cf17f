"""The erasures that a bundle shows: entries of the log, and what they erased. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from compliance.ledger.proofs import HASH_BYTES, leaf_hash
from compliance.ledger.tiles import WIDTH, tile_path
from compliance.reporting.evidence.verifier.bag import LEDGER, Bag, BagError
from compliance.reporting.evidence.verifier.erased_openings import ERASURE_SCHEMA, ErasedOpening, erased_openings
from compliance.reporting.evidence.verifier.record_line import LineError, read_erasure_line
from compliance.reporting.evidence.verifier.tile_chain import width_of
from compliance.reporting.evidence.verifier.verdict import ABSENT, ERASURES, ORIGIN, PASSED

if TYPE_CHECKING:
    from compliance.reporting.evidence.verifier.declaration import Declaration
    from compliance.reporting.evidence.verifier.verdict import Findings

ERASURES_FILE = "data/erasures.ndjson"


def check_erasures(findings: Findings, *, bag: Bag, declaration: Declaration) -> dict[str, list[ErasedOpening]]:
    """Check each erasure's entry against its tile; return what was erased, by record."""
    lines = bag.read(ERASURES_FILE).splitlines(keepends=True)
    if len(lines) != declaration.erasures:
        findings.fail(ERASURES, "erasures-count", found=len(lines), count=declaration.erasures)
    erased: dict[str, list[ErasedOpening]] = {}
    for line in lines:
        try:
            index, leaf = read_erasure_line(line)
            told = json.loads(leaf)
            targets = erased_openings(told)
            is_erasure = told["schema"] == ERASURE_SCHEMA
            origin = told["origin"]
        except (LineError, ValueError, KeyError, TypeError):
            findings.fail(ERASURES, "erasure-unreadable")
            continue
        if not is_erasure or not _stands(bag, declaration.size, index, leaf):
            findings.fail(ERASURES, "erasure-not-in-log", index=index)
        elif origin != declaration.origin:
            findings.fail(ORIGIN, "leaf-of-another-log", index=index)
        else:
            for record, opening in targets:
                erased.setdefault(record, []).append(opening)
    if lines:
        findings.conclude(ERASURES, PASSED, "erasures-stand", count=len(lines))
    else:
        findings.conclude(ERASURES, ABSENT, "erasures-absent")
    return erased


def _stands(bag: Bag, size: int, index: int, leaf: bytes) -> bool:
    """Tell whether a leaf's hash is the one at its index."""
    tile = index // WIDTH
    width = width_of(size, 0, tile)
    try:
        hashes = bag.read(LEDGER + tile_path(0, tile, width)) if width > 0 else b""
    except BagError:
        return False
    start = index % WIDTH * HASH_BYTES
    return leaf_hash(leaf) == hashes[start : start + HASH_BYTES]
