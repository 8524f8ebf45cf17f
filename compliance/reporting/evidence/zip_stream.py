"""A ZIP that is written as it is read: every member's size is known before it begins, so nothing seeks.

Sizes stand in front of each member, which a stream with data descriptors cannot promise, and which
makes the file readable by programs that do not start at its end. Source: PKWARE APPNOTE 6.3.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from struct import pack
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

STORED, DEFLATED = 0, 8
LEVEL = 1
_LOCAL, _CENTRAL, _END, _END_64, _LOCATOR_64 = 0x04034B50, 0x02014B50, 0x06054B50, 0x06064B50, 0x07064B50
_FULL_16, _FULL_32 = 0xFFFF, 0xFFFFFFFF
_VERSION, _VERSION_64 = 20, 45
_MADE_ON_UNIX = 3 << 8
_REGULAR_FILE = 0o100644 << 16
_EXTRA_64 = 1


@dataclass(frozen=True, slots=True)
class Packed:
    """What a member holds: how it is packed, its CRC-32, its size unpacked, and its size packed."""

    method: int
    crc: int
    size: int
    packed_size: int


def deflate(octets: bytes) -> tuple[Packed, bytes]:
    """Pack by deflate; gives other threads the processor meanwhile."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(octets) + packer.flush()
    return Packed(DEFLATED, zlib.crc32(octets), len(octets), len(packed)), packed


def store(octets: bytes) -> tuple[Packed, bytes]:
    """Leave as it is what does not get smaller: hashes, signatures."""
    return Packed(STORED, zlib.crc32(octets), len(octets), len(octets)), octets


class ZipStream:
    """Heads and directory of a ZIP; who uses it writes what it returns, then the member's packed bytes."""

    def __init__(self, moment: datetime) -> None:
        """Give all members this time."""
        self._stamp = (
            moment.hour << 11 | moment.minute << 5 | moment.second // 2,
            (moment.year - 1980) << 9 | moment.month << 5 | moment.day,
        )
        self._directory = bytearray()
        self._count = 0
        self._offset = 0

    def head(self, name: str, packed: Packed) -> bytes:
        """Return what stands in front of a member, whose packed bytes must follow."""
        encoded = name.encode("ascii")
        is_large = max(packed.size, packed.packed_size) >= _FULL_32
        sizes = (packed.packed_size, packed.size)
        extra = pack("<HHQQ", _EXTRA_64, 16, packed.size, packed.packed_size) if is_large else b""
        told = (_FULL_32, _FULL_32) if is_large else sizes
        version = _VERSION_64 if is_large else _VERSION
        common = pack(
            "<HHHHHIIIHH", version, 0, packed.method, *self._stamp, packed.crc, *told, len(encoded), len(extra)
        )
        head = pack("<I", _LOCAL) + common + encoded + extra
        self._add_entry(encoded, packed, version)
        self._offset += len(head) + packed.packed_size
        return head

    def _add_entry(self, encoded: bytes, packed: Packed, version: int) -> None:
        large = [size for size in (packed.size, packed.packed_size, self._offset) if size >= _FULL_32]
        extra = pack(f"<HH{len(large)}Q", _EXTRA_64, 8 * len(large), *large) if large else b""
        version = _VERSION_64 if large else version
        sizes = (min(packed.packed_size, _FULL_32), min(packed.size, _FULL_32))
        self._directory += pack(
            "<IHHHHHHIIIHHHHHII",
            _CENTRAL,
            _MADE_ON_UNIX | version,
            version,
            0,
            packed.method,
            *self._stamp,
            packed.crc,
            *sizes,
            len(encoded),
            len(extra),
            0,
            0,
            0,
            _REGULAR_FILE,
            min(self._offset, _FULL_32),
        )
        self._directory += encoded + extra
        self._count += 1

    def end(self) -> bytes:
        """Return the directory, which ends the ZIP."""
        size, start, count = len(self._directory), self._offset, self._count
        large = b""
        if count >= _FULL_16 or start >= _FULL_32 or size >= _FULL_32:
            record = pack(
                "<IQHHIIQQQQ", _END_64, 44, _MADE_ON_UNIX | _VERSION_64, _VERSION_64, 0, 0, count, count, size, start
            )
            large = record + pack("<IIQI", _LOCATOR_64, 0, start + size, 1)
        told = min(count, _FULL_16)
        return (
            bytes(self._directory)
            + large
            + pack("<IHHHHIIH", _END, 0, 0, told, told, min(size, _FULL_32), min(start, _FULL_32), 0)
        )
