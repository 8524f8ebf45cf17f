"""Change what is in a bundle as a forger would: with manifests made right again, so that other checks must notice."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

Files = dict[str, bytes]


def files_of(bundle: Path) -> Files:
    """Return the files of a bundle by path."""
    with ZipFile(bundle) as zipped:
        return {name.partition("/")[2]: zipped.read(name) for name in zipped.namelist()}


def write(files: Mapping[str, bytes], target: Path, *, right: bool = True) -> Path:
    """Write files as a bag; ``right`` makes the manifests fit them."""
    told = dict(files)
    if right:
        payload = {name: octets for name, octets in told.items() if name.startswith("data/")}
        told["manifest-sha256.txt"] = _lines(payload)
        size = f"Payload-Oxum: {sum(map(len, payload.values()))}.{len(payload)}\n".encode()
        info = told["bag-info.txt"].partition(b"Payload-Oxum")[0]
        told["bag-info.txt"] = info + size
        tags = {
            name: octets for name, octets in told.items() if name not in payload and name != "tagmanifest-sha256.txt"
        }
        told["tagmanifest-sha256.txt"] = _lines(tags)
    with ZipFile(target, "w", ZIP_DEFLATED) as zipped:
        for name, octets in told.items():
            zipped.writestr(f"forged/{name}", octets)
    return target


def declared(change: Callable[[dict[str, Any]], None]) -> Callable[[Files], None]:
    """Return what changes the declaration."""

    def apply(files: Files) -> None:
        told = json.loads(files["data/declaration.json"])
        change(told)
        files["data/declaration.json"] = json.dumps(told).encode()

    return apply


def flipped(octets: bytes, at: int, bit: int = 0) -> bytes:
    """Return bytes with one bit changed."""
    return octets[:at] + bytes([octets[at] ^ 1 << bit]) + octets[at + 1 :]


def _lines(files: Mapping[str, bytes]) -> bytes:
    return "".join(f"{sha256(octets).hexdigest()}  {name}\n" for name, octets in files.items()).encode()
