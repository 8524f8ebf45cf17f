"""Take entries out of the second place, after retention destroyed them; their hashes stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import structlog

from compliance.ledger.tile_store.opened import store_of
from compliance.ledger.tiles import entries_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from compliance.ledger.tile_store.store import Store

log_event = structlog.get_logger(__name__)


def forget_entries(*, log: int, tiles: Iterable[int], store: Store | None = None) -> int:
    """Remove the bundles of these tiles of leaves, full and partial; return of how many.

    Safe to repeat: what is gone is fine. Raises :class:`TileStoreUnavailableError`. Without a store nothing is done.
    """
    store = store or store_of(log)
    if store is None:
        return 0
    count = 0
    for tile in tiles:
        path = entries_path(tile)
        store.remove(path)
        store.remove(f"{path}.p")
        count += 1
    log_event.info("entries_forgotten", log=log, tiles=count)
    return count
