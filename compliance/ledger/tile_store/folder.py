"""Tiles in a folder: written and synced under a staging name, then linked into place, which never overwrites."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from compliance.ledger.tile_store.store import DifferentTileError, Listing, TileStoreUnavailableError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

STAGING = ".staging"
_LEFT_BEHIND_SECONDS = 3600


class FolderStore:
    """A log's files below a folder. No lock is needed: who comes second finds the file there."""

    def __init__(self, root: Path) -> None:
        """Make nothing yet."""
        self.root = root

    def add(self, files: Mapping[str, bytes], *, stage: str) -> None:
        """Put files that never change. See :class:`~compliance.ledger.tile_store.store.Store`."""
        with _failing_as_unavailable(), self._staging(stage) as staging:
            staged = {path: staging / str(number) for number, path in enumerate(files)}
            for path, content in files.items():
                staged[path].write_bytes(content)
            # All are written before the first is synced: one sync of the disk then serves them all.
            for name in staged.values():
                _sync(name)
            for path, name in staged.items():
                self._link(name, path, files[path])
            self._sync_folders(files)

    def replace(self, path: str, content: bytes) -> None:
        """Put a file over the one that is there."""
        with _failing_as_unavailable(), self._staging("replaced") as staging:
            name = staging / "0"
            name.write_bytes(content)
            _sync(name)
            self._make_folder_of(path)
            name.replace(self.root / path)
            self._sync_folders([path])

    def read(self, path: str) -> bytes | None:
        """Return a file's content, if it is there."""
        with _failing_as_unavailable():
            try:
                return (self.root / path).read_bytes()
            except (FileNotFoundError, NotADirectoryError):
                return None

    def has(self, path: str) -> bool:
        """Tell whether a file is there."""
        with _failing_as_unavailable():
            return (self.root / path).is_file()

    def listing(self, folder: str) -> Listing:
        """Return the files and folders in a folder."""
        files: set[str] = set()
        folders: set[str] = set()
        with _failing_as_unavailable():
            try:
                with os.scandir(self.root / folder) as entries:
                    for entry in entries:
                        (folders if entry.is_dir() else files).add(entry.name)
            except FileNotFoundError:
                pass
        return Listing(frozenset(files), frozenset(folders))

    def remove(self, path: str) -> None:
        """Remove a file or a folder."""
        with _failing_as_unavailable():
            target = self.root / path
            if target.is_dir():
                shutil.rmtree(target)
            else:
                target.unlink(missing_ok=True)

    def _link(self, staged: Path, path: str, content: bytes) -> None:
        self._make_folder_of(path)
        try:
            os.link(staged, self.root / path)
        except FileExistsError as error:
            if (self.root / path).read_bytes() != content:
                message = f"{path} has another content in the tile store; nothing was overwritten."
                raise DifferentTileError(message) from error

    def _make_folder_of(self, path: str) -> None:
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)

    def _sync_folders(self, paths: Iterable[str]) -> None:
        """Make names durable: of the files in their folders, and of these folders up to the root."""
        folders = {folder for path in paths for folder in Path(path).parents}
        for folder in sorted(folders, key=lambda folder: -len(folder.parts)):
            _sync(self.root / folder)

    @contextmanager
    def _staging(self, stage: str) -> Iterator[Path]:
        """Yield a folder of this call's own, gone afterwards; take away what a killed process left behind."""
        above = self.root / STAGING
        above.mkdir(parents=True, exist_ok=True)
        for left in above.iterdir():
            if time.time() - left.stat().st_mtime > _LEFT_BEHIND_SECONDS:
                shutil.rmtree(left, ignore_errors=True)
        made = Path(tempfile.mkdtemp(prefix=f"{stage}.", dir=above))
        try:
            yield made
        finally:
            shutil.rmtree(made, ignore_errors=True)


@contextmanager
def _failing_as_unavailable() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"The tile store could not be used: {error.strerror or type(error).__name__}."
        raise TileStoreUnavailableError(message) from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
