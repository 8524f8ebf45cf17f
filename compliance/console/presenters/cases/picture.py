"""The picture beside a case: a drawing, its words, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from compliance.console.presenters import words

if TYPE_CHECKING:
    from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Table:
    """The same as a drawing; in each row the first cell is its heading, the others are figures when they say so."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    marked: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, what it shows, the words of its scale and its legend, and its table."""

    kind: str
    title: str
    says: str
    drawing: SafeString
    top: str
    under: tuple[str, ...]
    legend: tuple[tuple[str, str], ...]
    table: Table


def look_up_words(count: int) -> str:
    """Say how many look-ups there were."""
    return ngettext("%(count)s look-up", "%(count)s look-ups", count) % {"count": words.figure(count)}
