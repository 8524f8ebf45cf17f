"""Write a log's tiles to the second place, up to its newest signed checkpoint."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import structlog

from compliance.kernel.errors import ComplianceError
from compliance.ledger.logs import origin_of
from compliance.ledger.stored_tiles import sealed_size, tree_of
from compliance.ledger.tile_store.alone import alone
from compliance.ledger.tile_store.full_tiles import TILES_A_TIME, LedgerDisagreesError, full_tiles
from compliance.ledger.tile_store.opened import store_of
from compliance.ledger.tile_store.partial_tiles import partial_files, remove_superseded
from compliance.ledger.tile_store.read import CHECKPOINT, newest_checkpoint
from compliance.ledger.tile_store.resume import first_missing
from compliance.ledger.tile_store.signed import as_signed, newest_signed
from compliance.ledger.tiles import HEIGHT
from compliance.ledger.trusted import confirm, current_policy

if TYPE_CHECKING:
    from collections.abc import Callable

    from compliance.ledger.tile_store.signed import SignedCheckpoint
    from compliance.ledger.tile_store.store import Store

log_event = structlog.get_logger(__name__)


class StoreIsAheadError(ComplianceError):
    """The store holds a tree that the database's does not extend: the database was restored, or rewritten."""

    problem_type = "tile-store-ahead"
    title = "The tile store holds what the database does not. Nothing was written. See docs/tiles.md."


class Written(NamedTuple):
    """What was written: files, of which size the store's tree now is, and tiles whose entries were gone."""

    files: int
    size: int
    without_entries: int


def write_tiles(*, log: int, store: Store | None = None, told: Callable[[int, int], None] | None = None) -> Written:
    """Write what the store lacks, the checkpoint last; safe to run at any time. It does nothing while another does it.

    Without a signed checkpoint only full tiles are written. ``told`` hears (tiles done, tiles in all).
    Raises :class:`TileStoreUnavailableError` (run it again), :class:`DifferentTileError`,
    :class:`StoreIsAheadError` and :class:`LedgerDisagreesError`. Without a tile store it does nothing.
    """
    store = store or store_of(log)
    if store is None:
        return Written(0, 0, 0)
    try:
        with alone(log) as is_alone:
            return _write(log, store, told) if is_alone else Written(0, 0, 0)
    except ComplianceError as error:
        log_event.error("tiles_not_written", log=log, problem=error.problem_type)  # noqa: TRY400 - a fact, no mistake
        raise


def _write(log: int, store: Store, told: Callable[[int, int], None] | None) -> Written:
    signed = newest_signed(log)
    held = newest_checkpoint(log, store=store)
    before = 0 if held is None else as_signed(held).checkpoint.size
    if held is not None and signed is not None and held == signed.note:
        return Written(0, before, 0)
    if held is not None:
        _check_extends(log, as_signed(held))
    if signed is not None:
        _check_signed(signed)
        _check_extends(log, signed)
    size = sealed_size(log) if signed is None else signed.checkpoint.size
    if signed is not None:
        _check_not_ahead(log, store, size)
    stage = f"{size}-{tree_of(log, size).root().hex()[:16]}"
    files = without = 0
    start = first_missing(store, start=before >> HEIGHT, end=size >> HEIGHT, batch=TILES_A_TIME)
    for batch in full_tiles(log=log, start=start, end=size >> HEIGHT):
        store.add(batch.files, stage=stage)
        files += len(batch.files)
        without += batch.without_entries
        if told is not None:
            told(batch.end - start, (size >> HEIGHT) - start)
    if signed is not None:
        partial = partial_files(log=log, size=size)
        store.add(partial, stage=stage)
        remove_superseded(store, before=before, size=size)
        _check_not_ahead(log, store, size)
        store.replace(CHECKPOINT, signed.note.encode())
        files += len(partial) + 1
    if without:
        log_event.warning("entries_were_gone", log=log, tiles=without)
    log_event.info("tiles_written", log=log, files=files, size=size)
    return Written(files, size, without)


def _check_not_ahead(log: int, store: Store, size: int) -> None:
    held = newest_checkpoint(log, store=store)
    if held is not None and as_signed(held).checkpoint.size > size:
        raise StoreIsAheadError


def _check_signed(signed: SignedCheckpoint) -> None:
    """See that a key of the policy signed, where there is a policy: else whoever writes a row could."""
    if current_policy() is not None and confirm(signed.note) is None:
        message = f"No key of the policy signed the checkpoint of {signed.checkpoint.size} leaves."
        raise LedgerDisagreesError(message)


def _check_extends(log: int, signed: SignedCheckpoint) -> None:
    """See that the database's tree holds that of a checkpoint."""
    checkpoint = signed.checkpoint
    if checkpoint.origin != origin_of(log):
        message = f"The checkpoint is of {checkpoint.origin}, not of {origin_of(log)}."
        raise StoreIsAheadError(message)
    if checkpoint.size > sealed_size(log):
        raise StoreIsAheadError
    if tree_of(log, checkpoint.size).root() != checkpoint.root:
        message = f"The database's tree of {checkpoint.size} leaves is not the one that was signed."
        raise LedgerDisagreesError(message)
