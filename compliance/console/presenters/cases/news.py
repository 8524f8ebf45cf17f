"""What came since the queue was read, and how far detection is behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import ngettext

from compliance.console.presenters import words

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class News:
    """How many new cases, where they are, and what is behind."""

    words: str
    address: str
    behind: str
    is_late: bool


def present_news(*, new: int, address: str, at: datetime) -> News:
    """Put the news into words."""
    _ = at
    told = ngettext("%(count)s new case.", "%(count)s new cases.", new) % {"count": words.figure(new)}
    behind, is_late = "", False
    return News(told if new else "", address, behind, is_late)
