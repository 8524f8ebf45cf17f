"""What differs between two texts, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator

Change = Literal["same", "removed", "added"]
_WORDS = re.compile(r"\S+\s*|\s+")
_MOST = 4_000


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words, and whether it stood, was removed or was added."""

    change: Change
    words: str


def difference(before: str, after: str) -> tuple[Piece, ...]:
    """Return the pieces in order: without those added they are the text before, without those removed the one after.

    Texts of many thousands of words are compared as wholes: to line them up would keep the reader waiting.
    """
    first, second = _WORDS.findall(before), _WORDS.findall(after)
    if max(len(first), len(second)) > _MOST:
        pieces = [Piece("removed", before), Piece("added", after)] if before != after else [Piece("same", after)]
        return tuple(piece for piece in pieces if piece.words)
    return tuple(piece for piece in _pieces(first, second) if piece.words)


def _pieces(first: list[str], second: list[str]) -> Iterator[Piece]:
    for kind, start, end, other_start, other_end in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Piece("same", "".join(second[other_start:other_end]))
        else:
            yield Piece("removed", "".join(first[start:end]))
            yield Piece("added", "".join(second[other_start:other_end]))
