"""What only the whole log shows: its upper tiles and its edge, and rows that lie beyond it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from django.conf import settings

from compliance.kernel.clock import now
from compliance.ledger.edge import partial_tiles, root_at
from compliance.ledger.logs import origin_of
from compliance.ledger.published import latest_published
from compliance.ledger.tiles import HEIGHT, WIDTH, hashes_in, roots_of_tiles
from compliance.ledger.trusted import current_policy
from compliance.ledger.verify.findings import Check, Findings

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.utils import CursorWrapper

_EDGE = "SELECT origin, size, hashes FROM ledger_edge WHERE log = %s"
_BEYOND = {
    Check.TILES: (
        "SELECT FROM ledger_tile WHERE log = %(log)s AND ((tile + 1) << (8 * (level + 1))) > %(size)s LIMIT 1",
        "A tile lies beyond the {size} leaves that are sealed.",
    ),
    Check.POSITIONS: (
        "SELECT tile FROM ledger_position WHERE log = %(log)s AND (tile + 1) * 256 > %(size)s LIMIT 1",
        "A row of positions lies beyond the {size} leaves that are sealed.",
    ),
    Check.HEAD: (
        "SELECT size FROM ledger_head WHERE log = %(log)s AND size > %(size)s LIMIT 1",
        "A head of more leaves is kept than the {size} that are sealed.",
    ),
    Check.CHECKPOINT_ROOT: (
        "SELECT size FROM ledger_checkpoint WHERE log = %(log)s AND size > %(size)s LIMIT 1",
        "More leaves were signed than the {size} that are sealed.",
    ),
}
_HEAD = "SELECT root FROM ledger_head WHERE log = %s AND size = %s"
_NOT_BEGUN = (
    "SELECT id FROM {table} WHERE log = %s AND xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint LIMIT 1"
)
_LEVEL = "SELECT tile, hashes FROM ledger_tile WHERE log = %s AND level = %s AND tile >= %s ORDER BY tile LIMIT %s"
_TILES_A_TIME = 256
_WAITING = "SELECT size, signed_at FROM ledger_checkpoint WHERE log = %s AND size > %s ORDER BY size LIMIT 1"


def check_whole_log(cursor: CursorWrapper, *, log: int, findings: Findings) -> None:
    """Check the edge, the newest head, all tiles above the leaves, and what lies beyond. In one snapshot."""
    cursor.execute(_EDGE, [log])
    edge = cursor.fetchone()
    origin, size, hashes = (origin_of(log), 0, b"") if edge is None else edge
    if origin != origin_of(log):
        findings.fail(Check.ORIGIN, f"The log was begun as {origin}, and the settings call it {origin_of(log)}.")
    for check, (query, sentence) in _BEYOND.items():
        cursor.execute(query, {"log": log, "size": size})
        if cursor.fetchone() is not None:
            findings.fail(check, sentence.format(size=size), size)
    _check_upper_tiles(cursor, log, size, bytes(hashes), findings)
    cursor.execute(_HEAD, [log, size])
    head = cursor.fetchone()
    if size and (head is None or bytes(head[0]) != root_at(size, bytes(hashes))):
        findings.fail(Check.HEAD, f"The newest head is not that of the {size} leaves that are sealed.", size)


def check_not_begun(cursor: CursorWrapper, *, log: int, table: str, findings: Findings) -> None:
    """Check that no row names a transaction that the server has not begun: it would never be sealed."""
    cursor.execute("SET LOCAL enable_seqscan = off")
    cursor.execute(_NOT_BEGUN.format(table=table), [log])
    row = cursor.fetchone()
    if row is not None:
        sentence = f"Row {row[0]} of {table} names a transaction that has not begun: it was put there by hand."
        findings.fail(Check.UNSEALED_BACKDATED, sentence)


def check_quorum(cursor: CursorWrapper, *, log: int, findings: Findings) -> None:
    """Check that what was signed is confirmed by a quorum within the maximum merge delay."""
    policy = current_policy()
    if policy is None:
        findings.remark(Check.QUORUM, "No policy is set: no witness confirms the log.")
        return
    published = latest_published(log)
    confirmed = published.size if published is not None and published.quorum_met else 0
    cursor.execute(_WAITING, [log, confirmed])
    row = cursor.fetchone()
    if row is not None and now() - row[1] > timedelta(seconds=settings.MAX_MERGE_DELAY_SECONDS):
        sentence = (
            f"The checkpoint of {row[0]} leaves was signed at {row[1]:%Y-%m-%d %H:%M:%S} UTC, and no quorum of "
            f"witnesses has confirmed it or a later one; the last that they confirmed has {confirmed} leaves."
        )
        findings.fail(Check.QUORUM, sentence, row[0])


def _check_upper_tiles(cursor: CursorWrapper, log: int, size: int, hashes: bytes, findings: Findings) -> None:
    """Hash every full tile of level 1 and above, and compare with the level above it; see that none is missing.

    The tiles of the leaves themselves are hashed stretch by stretch.
    """
    partial = partial_tiles(size, hashes)
    level = 1
    while size >> HEIGHT * (level + 1):
        above = _hashes_of(cursor, log, level + 1, size, partial)
        expected = 0
        for tile, content in _full_tiles(cursor, log, level):
            if tile != expected:
                break
            expected += 1
            if roots_of_tiles(hashes_in(content))[0] != next(above, b""):
                first = tile << HEIGHT * (level + 1)
                sentence = f"Tile {tile} of level {level} does not give the hash of the level above."
                findings.fail(Check.TILES, sentence, first)
        if expected < size >> HEIGHT * (level + 1):
            first = expected << HEIGHT * (level + 1)
            findings.fail(Check.TILES, f"Tile {expected} of level {level} is missing.", first)
        level += 1


def _hashes_of(cursor: CursorWrapper, log: int, level: int, size: int, partial: list[bytes]) -> Iterator[bytes]:
    """Yield the hashes of a level, from its full tiles and then from the one that is not full."""
    for start in range(0, size >> HEIGHT * level, WIDTH):
        cursor.execute(_LEVEL, [log, level, start // WIDTH, 1])
        row = cursor.fetchone()
        if row is not None and row[0] == start // WIDTH:
            yield from hashes_in(bytes(row[1]))
        elif level < len(partial) and (size >> HEIGHT * level) - start < WIDTH:
            yield from hashes_in(partial[level])
        else:
            yield from [b""] * WIDTH


def _full_tiles(cursor: CursorWrapper, log: int, level: int) -> Iterator[tuple[int, bytes]]:
    start = 0
    while True:
        cursor.execute(_LEVEL, [log, level, start, _TILES_A_TIME])
        rows = cursor.fetchall()
        yield from ((tile, bytes(content)) for tile, content in rows)
        if len(rows) < _TILES_A_TIME:
            return
        start = rows[-1][0] + 1
