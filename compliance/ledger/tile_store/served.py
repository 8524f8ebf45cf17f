"""What is served of a log: no more than its newest signed checkpoint tells of, so that it never changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import connection

from compliance.kernel.errors import NotFoundError
from compliance.ledger.proofs import HASH_BYTES
from compliance.ledger.published import latest_published
from compliance.ledger.stored_tiles import stored_tiles
from compliance.ledger.tile_store.opened import store_of
from compliance.ledger.tile_store.stored_entries import stored_bundles
from compliance.ledger.tiles import HEIGHT, WIDTH, bundle, entries_path, tile_path, unbundle

if TYPE_CHECKING:
    from compliance.ledger.tile_store.addresses import Address


def served_checkpoint(log: int) -> str:
    """Return the note of the newest checkpoint that the witnesses confirmed, else of the newest that is signed.

    Raises :class:`NotFoundError`.
    """
    published = latest_published(log)
    if published is None:
        raise NotFoundError
    return published.note


def served_tile(*, log: int, level: int, address: Address) -> bytes:
    """Return the hashes of a tile, from the database or else from the tile store. Raises :class:`NotFoundError`."""
    _check_told(log, level, address)
    try:
        return stored_tiles(log)(level, address.tile, address.width)
    except NotFoundError:
        kept = _kept(log, tile_path(level, *address), tile_path(level, address.tile))
        if len(kept) < address.width * HASH_BYTES:
            raise
        return kept[: address.width * HASH_BYTES]


def served_entries(*, log: int, address: Address) -> bytes:
    """Return a bundle of entries, from the database or else from the tile store. Raises :class:`NotFoundError`."""
    _check_told(log, 0, address)
    first = address.tile * WIDTH
    stored = stored_bundles(log=log, first=first, end=first + address.width).get(address.tile)
    if stored is not None and stored.entries == address.width:
        return stored.octets
    leaves = unbundle(_kept(log, entries_path(*address), entries_path(address.tile)))
    if len(leaves) < address.width:
        raise NotFoundError
    return bundle(leaves[: address.width])


def _check_told(log: int, level: int, address: Address) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(size), 0) FROM ledger_checkpoint WHERE log = %s", [log])
        (size,) = cursor.fetchone()
    if (size >> HEIGHT * level) - address.tile * WIDTH < address.width:
        raise NotFoundError


def _kept(log: int, *paths: str) -> bytes:
    store = store_of(log)
    for path in dict.fromkeys(paths):
        content = None if store is None else store.read(path)
        if content is not None:
            return content
    return b""
