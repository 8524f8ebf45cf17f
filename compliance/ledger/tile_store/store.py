"""Where tiles are written: what every kind of place promises, and how it fails."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from compliance.kernel.errors import ComplianceError, UnavailableError

if TYPE_CHECKING:
    from collections.abc import Mapping


class TileStoreUnavailableError(UnavailableError):
    """The place is full, away or refuses; nothing half-written can be read there, and a retry is safe."""

    problem_type = "tile-store-unavailable"
    title = "The tile store is full or away."


class DifferentTileError(ComplianceError):
    """A file that never changes stands in the store with another content: one of the two was tampered with."""

    problem_type = "different-tile"
    title = "The tile store holds another content under this name; nothing was overwritten."


class Listing(NamedTuple):
    """The names of files and of folders that stand in a folder, without what is below."""

    files: frozenset[str]
    folders: frozenset[str]


class Store(Protocol):
    """The files of one log. Paths are C2SP's, relative; every call raises :class:`TileStoreUnavailableError`.

    A call that fails may have done its work all the same, or a part of it, never half of a file.
    """

    def add(self, files: Mapping[str, bytes], *, stage: str) -> None:
        """Put files that never change, durable when this returns; ``stage`` names the tree they are of.

        One that is there with the same content is fine; another content raises
        :class:`DifferentTileError` and stays as it was.
        """

    def replace(self, path: str, content: bytes) -> None:
        """Put a file over the one that is there, at once and durable."""

    def read(self, path: str) -> bytes | None:
        """Return a file's content, or ``None`` when it is not there."""

    def has(self, path: str) -> bool:
        """Tell whether a file is there."""

    def listing(self, folder: str) -> Listing:
        """Return what stands in a folder; nothing when it is not there."""

    def remove(self, path: str) -> None:
        """Remove a file, or a folder with all that is in it; what is not there is fine."""
