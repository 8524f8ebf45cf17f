"""How the text of a protocol is worded: what people wrote as paragraphs, lists as the law numbers them."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

TO_COMPLETE = _("This is still to be completed.")
"""The one paragraph of a part that says nothing yet."""

_UNSEEN = {"Cc", "Cf", "Co", "Cs", "Cn"}
_JOINERS = "\u200c\u200d"
_STOPS = (".", "!", "?", ":", ";", "…")


def paragraphs(written: str) -> Iterator[str]:
    """Yield what somebody wrote, a paragraph a line."""
    for line in written.splitlines():
        if paragraph := in_line(line):
            yield paragraph


def in_line(written: str) -> str:
    """Return what somebody wrote on one line, without characters that nobody sees: what is signed is what is read."""
    spaced = " ".join(written.split())
    seen = (one for one in spaced if one in _JOINERS or unicodedata.category(one) not in _UNSEEN)
    return " ".join("".join(seen).split())


def listed(items: Iterable[str]) -> Iterator[str]:
    """Yield items as decrees number them: 1°, 2° and so on."""
    for number, item in enumerate(filter(None, map(in_line, items)), 1):
        yield f"{number}° {stopped(item)}"


def stopped(sentence: str) -> str:
    """Return a sentence with its full stop."""
    return sentence if not sentence or sentence.endswith(_STOPS) else f"{sentence}."


def day_of(day: date) -> str:
    """Return a day in words."""
    return date_format(day, "j F Y")


def count_of(number: int) -> str:
    """Return a number, its thousands apart."""
    return number_format(number, force_grouping=True)
