"""A bag (BagIt 1.0, RFC 8493) in a ZIP: its files, and whether they are those that its manifests list. Pure."""

from __future__ import annotations

import re
from hashlib import sha256
from io import BufferedReader, RawIOBase
from typing import IO, TYPE_CHECKING, Any, Self
from zipfile import BadZipFile, ZipFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from types import TracebackType

PAYLOAD = "data/"
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
BAGIT, BAG_INFO = "bagit.txt", "bag-info.txt"
BAGIT_TEXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
LEDGER = "data/ledger/"
_BLOCK = 1 << 20
_MANIFEST_LINE = re.compile(r"([0-9a-f]{64})  ([!-~]+)")
_OXUM = re.compile(r"^Payload-Oxum: (\d{1,19}\.\d{1,19})$", re.MULTILINE)


class BagError(ValueError):
    """A file that is not a bag, or one that lacks what must be there."""


class Bag:
    """The files of a bag by their path from its folder."""

    def __init__(self, path: str) -> None:
        """Open the ZIP. Raises :class:`BagError`."""
        try:
            self._zip = ZipFile(path)
        except (OSError, BadZipFile, ValueError, NotImplementedError) as error:
            raise BagError(str(error)) from error
        folders = {name.partition("/")[0] for name in self._zip.namelist()}
        if len(folders) != 1:
            message = "A bag is one folder."
            raise BagError(message)
        start = len(folders.pop()) + 1
        self.sizes = {info.filename[start:]: info.file_size for info in self._zip.infolist() if not info.is_dir()}
        self._members = {info.filename[start:]: info for info in self._zip.infolist()}
        if len(self._members) != len(self._zip.infolist()):
            message = "A file stands twice in the ZIP."
            raise BagError(message)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._zip.close()

    def has(self, path: str) -> bool:
        """Tell whether a file is there."""
        return path in self.sizes

    def read(self, path: str) -> bytes:
        """Return a file. Raises :class:`BagError` when it is not there or is damaged."""
        with self.open(path) as file:
            return b"".join(_blocks(file))

    def open(self, path: str) -> IO[bytes]:
        """Open a file for reading. Raises :class:`BagError` when it is not there, reading when it is damaged."""
        try:
            return BufferedReader(_Member(self._zip.open(self._members[path])), _BLOCK)
        except (KeyError, BadZipFile, RuntimeError, NotImplementedError, OSError) as error:
            message = f"{path} cannot be read."
            raise BagError(message) from error

    def text(self, path: str) -> str:
        """Return a file of text. Raises :class:`BagError`."""
        try:
            return self.read(path).decode()
        except UnicodeDecodeError as error:
            message = f"{path} is not text."
            raise BagError(message) from error

    def digest(self, path: str) -> str:
        """Return the SHA-256 of a file, in hex. Raises :class:`BagError`."""
        hashed = sha256()
        with self.open(path) as file:
            for block in _blocks(file):
                hashed.update(block)
        return hashed.hexdigest()


def digests_of(path: str, files: Iterable[str]) -> dict[str, str]:
    """Return the SHA-256 of these files of a bag, "" for one that cannot be read."""
    found = {}
    with Bag(path) as bag:
        for file in files:
            try:
                found[file] = bag.digest(file)
            except BagError:
                found[file] = ""
    return found


def bag_problems(bag: Bag, digests: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Yield (key of the sentence, file) for what is wrong with a bag of files with these digests."""
    if bag.read(BAGIT) != BAGIT_TEXT:
        yield "bag-form", BAGIT
    payload = {file for file in bag.sizes if file.startswith(PAYLOAD)}
    others = bag.sizes.keys() - payload - {TAG_MANIFEST}
    for manifest, files in ((MANIFEST, payload), (TAG_MANIFEST, others)):
        listed: dict[str, str] = {}
        for line in bag.text(manifest).removesuffix("\n").split("\n"):
            read = _MANIFEST_LINE.fullmatch(line)
            if read is None or read[2] in listed:
                yield "bag-form", manifest
                return
            listed[read[2]] = read[1]
        yield from (("bag-missing", file) for file in sorted(listed.keys() - files))
        yield from (("bag-besides", file) for file in sorted(files - listed.keys()))
        yield from (("bag-digest", file) for file in sorted(files & listed.keys()) if digests.get(file) != listed[file])
    told = _OXUM.search(bag.text(BAG_INFO))
    if told is None or told[1] != f"{sum(bag.sizes[file] for file in payload)}.{len(payload)}":
        yield "bag-size", BAG_INFO


class _Member(RawIOBase):
    """A file of the ZIP, whose damage is told as what it is."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        try:
            block = self._file.read(len(buffer))
        except Exception as error:
            # Bad checksums, ends that come early, and zlib's own error, which is no subclass of any other.
            raise BagError(str(error)) from error
        buffer[: len(block)] = block
        return len(block)

    def close(self) -> None:
        self._file.close()
        super().close()


def _blocks(file: IO[bytes]) -> Iterator[bytes]:
    while block := file.read(_BLOCK):
        yield block
