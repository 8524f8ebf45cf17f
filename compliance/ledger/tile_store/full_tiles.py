"""Full tiles of the database, in batches that were found to hash together before anything is written."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from compliance.kernel.errors import ComplianceError
from compliance.ledger.proofs import leaf_hash
from compliance.ledger.stored_tiles import stored_tiles
from compliance.ledger.tile_store.stored_entries import stored_bundles
from compliance.ledger.tiles import HEIGHT, WIDTH, entries_path, hashes_in, tile_path, tile_root, unbundle

if TYPE_CHECKING:
    from collections.abc import Iterator

    from compliance.ledger.tiles import ReadTile

TILES_A_TIME = 64
_TILES = "SELECT tile, hashes FROM ledger_tile WHERE log = %s AND level = %s AND tile >= %s AND tile < %s ORDER BY tile"


class LedgerDisagreesError(ComplianceError):
    """The database's entries, tiles and heads do not hash together: what is wrong is never written elsewhere."""

    problem_type = "ledger-disagrees"
    title = "The ledger's entries and hashes do not belong together. Run manage.py verify_ledger."


class Batch(NamedTuple):
    """The files of some tiles, the leaf's tile after them, and the tiles of which entries are gone."""

    files: dict[str, bytes]
    end: int
    without_entries: int


def full_tiles(*, log: int, start: int, end: int) -> Iterator[Batch]:
    """Yield the full tiles, of all levels, that get full with the leaves' tiles from ``start`` up to ``end``.

    Raises :class:`LedgerDisagreesError`.
    """
    while start < end:
        until = min(start + TILES_A_TIME, end)
        yield _batch(log, start, until)
        start = until


def checked_bundle(octets: bytes, hashes: bytes, *, path: str) -> bytes:
    """Return a bundle whose entries hash to a tile. Raises :class:`LedgerDisagreesError`."""
    if b"".join(map(leaf_hash, unbundle(octets))) != hashes:
        message = f"The entries of {path} do not hash to their tile. Run manage.py verify_ledger."
        raise LedgerDisagreesError(message)
    return octets


def _batch(log: int, start: int, end: int) -> Batch:
    files: dict[str, bytes] = {}
    bundles = stored_bundles(log=log, first=start * WIDTH, end=end * WIDTH)
    read = stored_tiles(log)
    without = 0
    level, first, last = 0, start, end
    while first < last:
        rows = _rows(log, level, first, last)
        above = _above(read, level + 1, first, last)
        for (tile, hashes), expected in zip(rows, above, strict=True):
            if tile_root(hashes) != expected:
                message = f"{tile_path(level, tile)} does not hash to the level above. Run manage.py verify_ledger."
                raise LedgerDisagreesError(message)
            if level == 0:
                bundle = bundles.get(tile)
                if bundle is not None and bundle.entries == WIDTH:
                    path = entries_path(tile)
                    files[path] = checked_bundle(bundle.octets, hashes, path=path)
                else:
                    without += 1
            files[tile_path(level, tile)] = hashes
        level, first, last = level + 1, first >> HEIGHT, last >> HEIGHT
    return Batch(files, end, without)


def _rows(log: int, level: int, first: int, last: int) -> list[tuple[int, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(_TILES, [log, level, first, last])
        rows = [(tile, bytes(hashes)) for tile, hashes in cursor.fetchall()]
    if [tile for tile, _ in rows] != list(range(first, last)):
        message = f"Tiles of level {level} between {first} and {last} are not there. Run manage.py verify_ledger."
        raise LedgerDisagreesError(message)
    return rows


def _above(read: ReadTile, level: int, first: int, last: int) -> list[bytes]:
    """Return the hashes ``first`` up to ``last`` of a level."""
    octets = b"".join(
        read(level, tile, min(last - tile * WIDTH, WIDTH)) for tile in range(first // WIDTH, (last - 1) // WIDTH + 1)
    )
    return hashes_in(octets)[first % WIDTH :]
