"""A bag in a ZIP, written as it is read: members one after the other, the manifests last."""

from __future__ import annotations

import zlib
from hashlib import sha256
from tempfile import TemporaryFile
from typing import TYPE_CHECKING

from compliance.reporting.evidence.verifier.bag import (
    BAG_INFO,
    BAGIT,
    BAGIT_TEXT,
    MANIFEST,
    PAYLOAD,
    TAG_MANIFEST,
)
from compliance.reporting.evidence.zip_stream import DEFLATED, LEVEL, Packed, ZipStream, deflate, store

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

_BLOCK = 1 << 20


class Spool:
    """A long file of the bag that grows while others are written; packed, on disk, gone when closed."""

    def __init__(self) -> None:
        """Begin an empty file."""
        self._file = TemporaryFile()  # noqa: SIM115 - closed with the spool
        self._packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._crc = self._size = self._packed_size = 0
        self._digest = sha256()

    def write(self, octets: bytes) -> None:
        """Append; gives other threads the processor meanwhile."""
        self._crc = zlib.crc32(octets, self._crc)
        self._digest.update(octets)
        self._size += len(octets)
        self._packed_size += self._file.write(self._packer.compress(octets))

    def finish(self) -> tuple[Packed, str]:
        """End the file; return what it holds, and its SHA-256 in hex."""
        self._packed_size += self._file.write(self._packer.flush())
        self._file.seek(0)
        return Packed(DEFLATED, self._crc, self._size, self._packed_size), self._digest.hexdigest()

    def blocks(self) -> Iterator[bytes]:
        """Yield the packed bytes of a finished file."""
        while block := self._file.read(_BLOCK):
            yield block

    def close(self) -> None:
        """Forget the file."""
        self._file.close()


class BagStream:
    """The bag ``folder``. Each method yields the bytes that come next in the ZIP."""

    def __init__(self, folder: str, moment: datetime) -> None:
        """Begin a bag."""
        self._folder = folder
        self._zip = ZipStream(moment)
        self._payload: dict[str, str] = {}
        self._tags: dict[str, str] = {}
        self._octets = 0

    def add(self, path: str, octets: bytes, *, is_dense: bool = False) -> Iterator[bytes]:
        """Add a file; ``is_dense`` says that packing it is no use."""
        packed, content = store(octets) if is_dense else deflate(octets)
        yield from self.add_packed(path, packed, content, sha256(octets).hexdigest())

    def add_packed(self, path: str, packed: Packed, content: bytes, digest: str) -> Iterator[bytes]:
        """Add a file that is packed already."""
        self._note(path, packed, digest)
        yield self._zip.head(f"{self._folder}/{path}", packed)
        yield content

    def add_spool(self, path: str, spool: Spool) -> Iterator[bytes]:
        """Add a file that was written beside."""
        packed, digest = spool.finish()
        self._note(path, packed, digest)
        yield self._zip.head(f"{self._folder}/{path}", packed)
        yield from spool.blocks()

    def end(self, info: Mapping[str, str]) -> Iterator[bytes]:
        """Add what BagIt asks for, and end the ZIP."""
        oxum = f"{self._octets}.{len(self._payload)}"
        told = "".join(f"{name}: {value}\n" for name, value in {**info, "Payload-Oxum": oxum}.items())
        yield from self.add(BAGIT, BAGIT_TEXT)
        yield from self.add(BAG_INFO, told.encode())
        yield from self.add(MANIFEST, _lines(self._payload))
        yield from self.add(TAG_MANIFEST, _lines(self._tags))
        yield self._zip.end()

    def _note(self, path: str, packed: Packed, digest: str) -> None:
        if path.startswith(PAYLOAD):
            self._payload[path] = digest
            self._octets += packed.size
        else:
            self._tags[path] = digest


def _lines(digests: Mapping[str, str]) -> bytes:
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items())).encode()
