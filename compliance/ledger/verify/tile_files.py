"""The tiles of the second place against those of the database. Does nothing where no second place is set."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

from compliance.kernel.errors import NotFoundError
from compliance.ledger.checkpoint import CheckpointError
from compliance.ledger.notes import NoteError
from compliance.ledger.tile_store.opened import store_of
from compliance.ledger.tile_store.read import kept_tree, newest_checkpoint
from compliance.ledger.tile_store.signed import as_signed
from compliance.ledger.tile_store.store import TileStoreUnavailableError
from compliance.ledger.tiles import WIDTH, entries_path, tile_path, unbundle
from compliance.ledger.trusted import confirm, current_policy
from compliance.ledger.verify.findings import Check, Findings
from compliance.ledger.verify.memories import check_prefix

if TYPE_CHECKING:
    from compliance.ledger.tile_store.store import Store
    from compliance.ledger.verify.destroyed import Destroyed
    from compliance.ledger.verify.stretch import Stretch


NO_CHECKPOINT = "What stands as the checkpoint in the tile store is none."
UNREADABLE = "The tile store cannot be read: it was not compared."


def check_tile_files(stretch: Stretch, *, destroyed: Destroyed, findings: Findings) -> None:
    """Compare the full tiles of leaves of a stretch, and the entries in their bundles, with the store's."""
    store = store_of(stretch.log)
    if store is None:
        return
    try:
        kept = _kept_size(stretch.log, store)
        for number, hashes in enumerate(stretch.hashes):
            tile = stretch.first // WIDTH + number
            if (tile + 1) * WIDTH <= min(kept, stretch.end) and hashes:
                ids = stretch.ids[number * WIDTH : (number + 1) * WIDTH]
                are_gone = any(identifier in destroyed for identifier in ids if identifier)
                _compare(store, tile, hashes, are_gone=are_gone, findings=findings)
    except (NoteError, CheckpointError):
        findings.fail(Check.TILE_STORE, NO_CHECKPOINT)
    except (TileStoreUnavailableError, OSError):
        findings.remark(Check.TILE_STORE, UNREADABLE)


def check_tile_store(*, log: int, findings: Findings) -> None:
    """Check that the store's checkpoint is signed, that its tiles give its root, and that ours do."""
    store = store_of(log)
    if store is None:
        findings.remark(Check.TILE_STORE, "No tile store is set: the database holds the only copy.")
        return
    try:
        note = newest_checkpoint(log, store=store)
        if note is None:
            findings.remark(Check.TILE_STORE, "Nothing stands in the tile store yet.")
            return
        if current_policy() is not None and confirm(note) is None:
            findings.fail(Check.TILE_STORE, "No key of the policy signed the checkpoint in the tile store.")
            return
        held = as_signed(note).checkpoint
        if kept_tree(log, store=store).root() != held.root:
            findings.fail(Check.TILE_STORE, "The tiles in the tile store do not give the root of its checkpoint.")
        check_prefix(held, log=log, who="The tile store", check=Check.TILE_STORE, findings=findings)
    except (NoteError, CheckpointError):
        findings.fail(Check.TILE_STORE, NO_CHECKPOINT)
    except NotFoundError as error:
        findings.fail(Check.TILE_STORE, str(error))
    except (TileStoreUnavailableError, OSError):
        findings.remark(Check.TILE_STORE, UNREADABLE)


def _kept_size(log: int, store: Store) -> int:
    note = newest_checkpoint(log, store=store)
    return 0 if note is None else as_signed(note).checkpoint.size


def _compare(store: Store, tile: int, hashes: bytes, *, are_gone: bool, findings: Findings) -> None:
    first = tile * WIDTH
    file = store.read(tile_path(0, tile))
    if file != hashes:
        told = "is missing" if file is None else "differs from the database"
        findings.fail(Check.TILE_STORE, f"{tile_path(0, tile)} in the tile store {told}.", first)
    bundle = store.read(entries_path(tile))
    if bundle is None:
        if not are_gone:
            findings.fail(Check.TILE_STORE, f"{entries_path(tile)} in the tile store is missing.", first)
    elif _hashes(bundle) != hashes:
        findings.fail(Check.TILE_STORE, f"{entries_path(tile)} in the tile store holds other entries.", first)


def _hashes(bundle: bytes) -> bytes:
    try:
        return b"".join(sha256(b"\x00" + leaf).digest() for leaf in unbundle(bundle))
    except ValueError:
        return b""
