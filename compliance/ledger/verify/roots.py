"""Tiles of a stretch against the level above, and the log's root at each size that somebody stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from compliance.kernel.errors import NotFoundError
from compliance.ledger.proofs import levels
from compliance.ledger.stored_tiles import stored_tiles
from compliance.ledger.tiles import WIDTH, hashes_in
from compliance.ledger.verify.findings import Check, Findings
from compliance.ledger.verify.frontier import Frontier

if TYPE_CHECKING:
    from collections.abc import Collection

    from compliance.ledger.tiles import ReadTile
    from compliance.ledger.verify.stretch import Stretch


def roots_at(stretch: Stretch, sizes: Collection[int], *, findings: Findings) -> dict[int, bytes]:
    """Return the root at each of these sizes (above ``first``, up to ``end``), and note tiles that do not fit.

    Every tile of leaves is hashed. Where it does not fit, the hash of the level above is gone on with: what
    comes after it is not to blame. Of sizes that cannot be computed there is none.
    """
    read = stored_tiles(stretch.log)
    start = stretch.first // WIDTH
    wanted: dict[int, list[int]] = {}
    for size in sizes:
        wanted.setdefault((size - 1) // WIDTH - start, []).append(size)
    roots: dict[int, bytes] = {}
    frontier = _frontier(read, stretch.first, findings)
    for number, tile in enumerate(stretch.hashes):
        first = (start + number) * WIDTH
        rows = levels(hashes_in(tile)) if tile else []
        if frontier is not None and rows:
            for size in wanted.get(number, ()):
                roots[size] = frontier.root(rows, size - first)
        if stretch.end - first < WIDTH:
            continue
        above = _above(read, start + number)
        if above is None:
            findings.fail(Check.TILES, f"The hash over leaves {first} to {first + WIDTH - 1} is missing.", first)
        elif rows and rows[-1][0] != above:
            sentence = f"The hashes of leaves {first} to {first + WIDTH - 1} do not give the hash of the level above."
            findings.fail(Check.TILES, sentence, first)
        if frontier is not None and (above or rows):
            frontier.append(above or rows[-1][0])
    return roots


def _frontier(read: ReadTile, first: int, findings: Findings) -> Frontier | None:
    try:
        return Frontier(read, first)
    except NotFoundError:
        findings.fail(
            Check.TILES, f"A tile over the leaves before {first} is missing: no head after it was checked.", first
        )
        return None


def _above(read: ReadTile, tile: int) -> bytes | None:
    try:
        return read(1, tile // WIDTH, tile % WIDTH + 1)[-32:]
    except NotFoundError:
        return None
