"""A log as it is published (C2SP tlog-tiles), read over HTTP. Pure."""

from __future__ import annotations

from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from compliance.ledger.proofs import HASH_BYTES
from compliance.ledger.tiles import WIDTH, tile_path

ANSWER_SECONDS = 20.0
MOST_CHECKPOINT_BYTES = 100_000
NOT_THERE = {404, 410}
_SCHEMES = {"http", "https"}


class NotReachedError(Exception):
    """Nobody answered, or not with what was asked for: nothing is known of the log."""


class PublishedLog:
    """The log below an address. Tiles are remembered: full ones never change, and partial ones neither."""

    def __init__(self, url: str) -> None:
        """Ask nothing yet. Raises ``ValueError`` for an address that is none of HTTP's."""
        if urlsplit(url).scheme not in _SCHEMES:
            message = "Give the address of the log, with http:// or https://."
            raise ValueError(message)
        self._url = url.rstrip("/")
        self._tiles: dict[tuple[int, int, int], bytes] = {}

    def checkpoint(self) -> str:
        """Return the newest checkpoint, as a note that is not verified. Raises :class:`NotReachedError`."""
        try:
            return self._get("checkpoint", MOST_CHECKPOINT_BYTES).decode()
        except UnicodeDecodeError as error:
            message = "The checkpoint is not text."
            raise NotReachedError(message) from error

    def tile(self, level: int, tile: int, width: int) -> bytes:
        """Return the first hashes of a tile, which are not verified. Raises :class:`NotReachedError`."""
        key = (level, tile, width)
        if key not in self._tiles:
            self._tiles[key] = self._fetch_tile(level, tile, width)
        return self._tiles[key]

    def forget_tiles(self) -> None:
        """Read all tiles anew from now on."""
        self._tiles.clear()

    def _fetch_tile(self, level: int, tile: int, width: int) -> bytes:
        wanted = width * HASH_BYTES
        try:
            hashes = self._get(tile_path(level, tile, width), wanted)
        except NotReachedError as error:
            # A partial tile may go once the full one stands.
            if width == WIDTH or not isinstance(error.__cause__, HTTPError) or error.__cause__.code not in NOT_THERE:
                raise
            hashes = self._get(tile_path(level, tile), WIDTH * HASH_BYTES)[:wanted]
        if len(hashes) != wanted:
            message = f"{tile_path(level, tile, width)} has {len(hashes)} bytes instead of {wanted}."
            raise NotReachedError(message)
        return hashes

    def _get(self, path: str, most: int) -> bytes:
        address = f"{self._url}/{path}"
        request = Request(address, headers={"User-Agent": "kbi-audit-monitor"})  # noqa: S310 - its scheme was looked at
        try:
            with urlopen(request, timeout=ANSWER_SECONDS) as answer:  # noqa: S310 - the same
                content: bytes = answer.read(most + 1)
        except (URLError, HTTPException, OSError) as error:
            message = f"{address} could not be read ({error})."
            raise NotReachedError(message) from error
        if len(content) > most:
            message = f"{address} is longer than it can be."
            raise NotReachedError(message)
        return content
