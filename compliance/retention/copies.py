"""The copies of destroyed entries in the tile store go too; what could not be removed is tried again."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import msgspec
import structlog
from django.db import connection

from compliance.kernel.clock import now
from compliance.ledger.tile_store.forget_entries import forget_entries
from compliance.ledger.tile_store.opened import store_of
from compliance.ledger.tile_store.store import TileStoreUnavailableError
from compliance.ledger.tiles import WIDTH, entries_path
from compliance.retention.leaf_ranges import tiles_of
from compliance.retention.terms import Month

if TYPE_CHECKING:
    from collections.abc import Sequence

log_event = structlog.get_logger(__name__)

_LOOKED_BACK = timedelta(days=30)
_RECENT = "SELECT log, leaf FROM ledger_destruction WHERE at > %s"


def forget_copies(*, log: int, tiles: Sequence[int]) -> bool:
    """Remove the bundles that hold leaves of these tiles; tell whether that is done."""
    try:
        forget_entries(log=log, tiles=tiles)
    except TileStoreUnavailableError:
        log_event.warning("copies_not_removed", log=log, tiles=len(tiles))
        return False
    return True


def forget_what_was_left() -> None:
    """Remove copies of what was destroyed lately where the first or the last bundle still stands."""
    with connection.cursor() as cursor:
        cursor.execute(_RECENT, [now() - _LOOKED_BACK])
        rows = cursor.fetchall()
    for log, leaf in rows:
        store = store_of(log)
        told = msgspec.json.decode(bytes(leaf))
        first, last = told["ranges"][0][0] // WIDTH, (told["ranges"][-1][1] - 1) // WIDTH
        if store is not None and any(store.has(entries_path(tile)) for tile in (first, last)):
            month = Month.parse(told["month"])
            forget_copies(log=log, tiles=tiles_of(month, log=log, first=first, last=last))
