"""Tiles in an S3-compatible bucket: every object is put whole, and only where none is (``If-None-Match: *``)."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import obstore
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from compliance.ledger.tile_store.store import DifferentTileError, Listing, TileStoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

AT_ONCE = 16
_ATTEMPT = timedelta(seconds=20)
_ALL_ATTEMPTS = timedelta(seconds=60)
_ATTEMPTS = 4


class BucketStore:
    """A log's files below a prefix of a bucket. Keys, region and endpoint come from the AWS_… environment."""

    def __init__(self, url: str) -> None:
        """Connect to nothing yet. ``url``: ``s3://bucket/prefix``."""
        self._bucket = S3Store.from_url(
            url,
            client_options={"timeout": _ATTEMPT, "connect_timeout": _ATTEMPT, "allow_http": _without_tls()},
            retry_config={"max_retries": _ATTEMPTS, "retry_timeout": _ALL_ATTEMPTS},
        )

    def add(self, files: Mapping[str, bytes], *, stage: str) -> None:  # noqa: ARG002 - an object is never there by half
        """Put files that never change. See :class:`~compliance.ledger.tile_store.store.Store`."""
        with _failing_as_unavailable(), ThreadPoolExecutor(AT_ONCE) as pool:
            for _ in pool.map(self._create, files, files.values()):
                pass

    def replace(self, path: str, content: bytes) -> None:
        """Put an object over the one that is there."""
        with _failing_as_unavailable():
            obstore.put(self._bucket, path, content)

    def read(self, path: str) -> bytes | None:
        """Return an object's content, if it is there."""
        with _failing_as_unavailable():
            try:
                return bytes(obstore.get(self._bucket, path).bytes())
            except FileNotFoundError:
                return None

    def has(self, path: str) -> bool:
        """Tell whether an object is there."""
        with _failing_as_unavailable():
            try:
                obstore.head(self._bucket, path)
            except FileNotFoundError:
                return False
            return True

    def listing(self, folder: str) -> Listing:
        """Return the names of objects and of deeper prefixes."""
        with _failing_as_unavailable():
            found = obstore.list_with_delimiter(self._bucket, folder)
        return Listing(
            frozenset(_name(meta["path"]) for meta in found["objects"]),
            frozenset(_name(prefix) for prefix in found["common_prefixes"]),
        )

    def remove(self, path: str) -> None:
        """Remove an object, or all below a prefix."""
        with _failing_as_unavailable():
            obstore.delete(self._bucket, path)
            for found in obstore.list(self._bucket, path):
                obstore.delete(self._bucket, [meta["path"] for meta in found])

    def _create(self, path: str, content: bytes) -> None:
        try:
            obstore.put(self._bucket, path, content, mode="create")
        except AlreadyExistsError as error:
            if self.read(path) != content:
                message = f"{path} has another content in the tile store; nothing was overwritten."
                raise DifferentTileError(message) from error


def _without_tls() -> bool:
    """Whether the environment allows an endpoint without TLS, as AWS's other clients are told."""
    return os.environ.get("AWS_ALLOW_HTTP", "").lower() in {"1", "true"}


def _name(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


@contextmanager
def _failing_as_unavailable() -> Iterator[None]:
    try:
        yield
    except (BaseError, OSError) as error:
        # Its own words can hold addresses and keys; its kind says enough.
        message = f"The tile store could not be used: {type(error).__name__}."
        raise TileStoreUnavailableError(message) from error
