"""Read the number and width of a tile out of its C2SP path; one tile has one path."""

from __future__ import annotations

import re
from typing import NamedTuple

from compliance.ledger.tiles import WIDTH, tile_path

HIGHEST_LEVEL = 63
_PATH = re.compile(r"((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?", re.ASCII)


class Address(NamedTuple):
    """A tile's number within its level, and how many hashes or entries of it are asked for."""

    tile: int
    width: int


def address_of(path: str) -> Address | None:
    """Read ``x001/x234/067`` or ``x001/x234/067.p/8``; ``None`` when C2SP writes no tile so."""
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    address = Address(int(match[1].replace("x", "").replace("/", "")), int(match[2] or WIDTH))
    is_canonical = address.width <= WIDTH and tile_path(0, *address) == f"tile/0/{path}"
    return address if is_canonical else None


def level_of(written: str) -> int | None:
    """Read a tile's level; ``None`` when C2SP writes no level so."""
    level = int(written) if re.fullmatch("[0-9]{1,2}", written, re.ASCII) else HIGHEST_LEVEL + 1
    return level if level <= HIGHEST_LEVEL and str(level) == written else None
