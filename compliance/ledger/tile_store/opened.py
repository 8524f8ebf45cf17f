"""The tile store that the settings name, for one log."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from django.conf import settings

from compliance.ledger.logs import LogNumber

if TYPE_CHECKING:
    from compliance.ledger.tile_store.store import Store

_S3 = "s3://"


def name_of(log: int) -> str:
    """Return the log's name in paths and addresses: ``exchanges``, ``oversight``."""
    return LogNumber(log).name.lower()


def log_named(name: str) -> LogNumber | None:
    """Return the log with this name in paths and addresses."""
    return next((log for log in LogNumber if name_of(log) == name), None)


def store_of(log: int) -> Store | None:
    """Return where this log's tiles are written, or ``None`` when no tile store is set."""
    place = settings.TILE_STORE
    return None if place is None else store_at(f"{place}/{name_of(log)}")


@lru_cache(maxsize=16)
def store_at(place: str) -> Store:
    """Return the store in a folder or at an ``s3://bucket/prefix``."""
    if place.startswith(_S3):
        # Only who uses a bucket pays for its client.
        from compliance.ledger.tile_store.bucket import BucketStore  # noqa: PLC0415

        return BucketStore(place)
    from compliance.ledger.tile_store.folder import FolderStore  # noqa: PLC0415 - beside its sibling

    return FolderStore(Path(place))
