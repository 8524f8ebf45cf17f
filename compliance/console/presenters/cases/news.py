"""What came since the queue was read, and how far detection is behind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.detection.behind import behind

if TYPE_CHECKING:
    from compliance.detection.behind import Behind

LATE: Final = timedelta(hours=2)
"""Detection looks every hour at what came in: after two, something is wrong."""


@dataclass(frozen=True, slots=True)
class News:
    """How many new cases, where they are, and what is behind."""

    words: str
    address: str
    behind: str
    is_late: bool


def present_news(*, new: int, address: str) -> News:
    """Put the news into words."""
    told = ngettext("%(count)s new case.", "%(count)s new cases.", new) % {"count": words.figure(new)}
    waits = behind()
    return News(told if new else "", address, behind_words(waits), is_late=is_late(waits))


def is_late(waits: Behind) -> bool:
    """Tell whether something waits longer than it should."""
    return waits.by is not None and waits.by > LATE


def behind_words(waits: Behind) -> str:
    """Say how far detection is."""
    if waits.by is None and not waits.transactions:
        return _("Detection is up to date.")
    if waits.by is None:
        return _("What was recorded just now is being looked at.")
    minutes = max(int(waits.by.total_seconds() // 60), 1)
    told = {"minutes": words.figure(minutes), "days": words.figure(waits.days)}
    if minutes >= 120:  # noqa: PLR2004 two hours read better as hours
        told["hours"] = words.figure(minutes // 60)
        return (
            ngettext(
                "Detection is %(hours)s hours behind; %(days)s day waits to be looked at.",
                "Detection is %(hours)s hours behind; %(days)s days wait to be looked at.",
                waits.days,
            )
            % told
        )
    return (
        ngettext("Detection is %(minutes)s minute behind.", "Detection is %(minutes)s minutes behind.", minutes) % told
    )
