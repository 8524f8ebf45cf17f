"""How many exchanges took place under a protocol, in words and in tables; small counts are not told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from compliance.console.presenters import words
from compliance.reporting.protocols.suppression import SMALLEST, by_year

if TYPE_CHECKING:
    from compliance.reporting.protocols.suppression import ShownCounts


@dataclass(frozen=True, slots=True)
class CountRow:
    """A year or a month, and its figure."""

    period: str
    figure: str


@dataclass(frozen=True, slots=True)
class PresentedCounts:
    """A sentence, the years, and the months of each; the last year first."""

    sentence: str
    hint: str
    years: tuple[CountRow, ...]
    months: tuple[CountRow, ...]


def present_counts(shown: ShownCounts) -> PresentedCounts | None:
    """Put them into words; ``None`` when no month in use is over yet."""
    if not shown.months:
        return None
    years = by_year(shown)
    months = [
        CountRow(words.month(one.month), _small() if one.exchanges is None else words.figure(one.exchanges))
        for one in shown.months
    ]
    return PresentedCounts(
        sentence=_sentence(shown),
        hint=_(
            "Only months that are over are counted. Fewer than %(smallest)s exchanges in a month are not told in "
            "figures, and are in no total: nobody must be recognisable in them."
        )
        % {"smallest": SMALLEST},
        years=tuple(CountRow(str(year), _total(one)) for year, one in sorted(years.items(), reverse=True)),
        months=tuple(reversed(months)),
    )


def _sentence(shown: ShownCounts) -> str:
    told = {"month": words.month(shown.months[0].month), "count": words.figure(shown.at_least)}
    if not shown.hidden:
        return _("Since %(month)s %(count)s exchanges took place under this protocol.") % told
    told["hidden"] = words.figure(shown.hidden)
    return (
        ngettext(
            "Since %(month)s at least %(count)s exchanges took place under this protocol, "
            "and fewer than 10 in %(hidden)s other month.",
            "Since %(month)s at least %(count)s exchanges took place under this protocol, "
            "and fewer than 10 in each of %(hidden)s other months.",
            shown.hidden,
        )
        % told
    )


def _total(shown: ShownCounts) -> str:
    if not shown.hidden:
        return words.figure(shown.at_least)
    if not shown.at_least:
        return _("fewer than %(smallest)s a month") % {"smallest": SMALLEST}
    return _("at least %(count)s") % {"count": words.figure(shown.at_least)}


def _small() -> str:
    return _("fewer than %(smallest)s") % {"smallest": SMALLEST}
