"""The leaves of a log by their place in it, read in batches; none is handed on that has not the sealed hash."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db import connection

from compliance.exchanges.binary_copy import HEADER
from compliance.kernel.errors import ComplianceError
from compliance.ledger.edge import ID_BYTES
from compliance.ledger.logs import LogNumber
from compliance.ledger.positions import rows_of_positions
from compliance.ledger.proofs import HASH_BYTES, leaf_hash
from compliance.ledger.stored_tiles import stored_tiles
from compliance.ledger.tiles import WIDTH
from compliance.reporting.evidence.verifier.tile_chain import width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_LOG = LogNumber.EXCHANGES
TILES_A_BATCH = 16
# COPY hands rows over at three times the speed of a cursor.
_LEAVES = """
COPY (SELECT id, leaf FROM ledger_entry WHERE log = %s AND id = ANY(%s::uuid[])) TO STDOUT (FORMAT BINARY)
"""
_HASHES = "SELECT tile, hashes FROM ledger_tile WHERE log = %s AND level = %s AND tile = ANY(%s)"
# A row: number of fields (2 bytes), length (4) and identifier (16), length (4) and leaf.
_ID, _LEAF = slice(6, 22), slice(26, None)
_SHORTEST = 26


class LedgerBrokenError(ComplianceError):
    """The ledger does not hold together: no evidence is made of it."""

    problem_type = "ledger-broken"
    title = "The stored entries are not those that were sealed. Run verify_ledger; no evidence is made of this."


class LeavesGoneError(ComplianceError):
    """Entries of the range are not there any more."""

    problem_type = "leaves-gone"
    status = 409
    title = "Entries of this range are not kept any more, or are missing. Choose a later period, or mode hits."


class TileOfLeaves(NamedTuple):
    """The leaves of one tile of level 0, in order, and their hashes put together."""

    tile: int
    hashes: bytes
    leaves: list[bytes]


def tiles_of_leaves(*, first: int, end: int, size: int) -> Iterator[TileOfLeaves]:
    """Yield the tiles ``first`` to ``end`` (excluded) of a tree of ``size`` leaves. Raises the errors above."""
    for start in range(first, end, TILES_A_BATCH):
        numbers = range(start, min(start + TILES_A_BATCH, end))
        rows = dict(rows_of_positions(log=_LOG, first=numbers[0], last=numbers[-1]))
        hashes = read_hashes(0, numbers, size=size)
        wanted = {tile: rows.get(tile, b"")[: width_of(size, 0, tile) * ID_BYTES] for tile in numbers}
        found = read_leaves(b"".join(wanted.values()))
        for tile in numbers:
            leaves = [found.get(identifier, b"") for identifier in _cut(wanted[tile])]
            if not all(leaves):
                raise LeavesGoneError
            if b"".join(map(leaf_hash, leaves)) != hashes[tile]:
                raise LedgerBrokenError
            yield TileOfLeaves(tile, hashes[tile], leaves)


def read_leaves(ids: bytes) -> dict[bytes, bytes]:
    """Return the leaves of these entries (identifiers of 16 bytes put together) by identifier."""
    found = {}
    # As text, at once: a list of identifiers takes longer to write than to look up.
    told = f"{{{','.join(identifier.hex() for identifier in _cut(ids))}}}"
    with connection.cursor() as cursor, connection.wrap_database_errors, cursor.copy(_LEAVES, [_LOG, told]) as copy:
        for number, block in enumerate(copy):
            row = bytes(block) if number else bytes(block)[len(HEADER) :]
            if len(row) > _SHORTEST:
                found[row[_ID]] = row[_LEAF]
    return found


def read_hashes(level: int, tiles: Sequence[int], *, size: int) -> dict[int, bytes]:
    """Return the hashes that a tree of ``size`` leaves has in these tiles of a level."""
    with connection.cursor() as cursor:
        cursor.execute(_HASHES, [_LOG, level, list(tiles)])
        full = {tile: bytes(hashes) for tile, hashes in cursor.fetchall()}
    read = stored_tiles(_LOG)
    found = {}
    for tile in tiles:
        width = width_of(size, level, tile)
        found[tile] = full[tile][: width * HASH_BYTES] if tile in full else read(level, tile, width)
    return found


def places_in(ids: bytes, wanted: Iterable[bytes]) -> list[int]:
    """Return the places, in a tile's identifiers, of those that are wanted."""
    places = {identifier: place for place, identifier in enumerate(_cut(ids))}
    return sorted(places[identifier] for identifier in wanted if identifier in places)


def last_tile(size: int) -> int:
    """Return how many tiles of level 0 a tree of this size has."""
    return -(-size // WIDTH)


def _cut(ids: bytes) -> Iterator[bytes]:
    return (ids[at : at + ID_BYTES] for at in range(0, len(ids), ID_BYTES))
