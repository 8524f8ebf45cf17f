"""Counts that the public may see: nothing below ten, and nothing from which such a count could be worked out.

A total in which a small count is hidden gives it away to whoever subtracts the others. So a total is made of the counts
that are shown, and says "at least". What is shown then depends on small counts in nothing but that they are small.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

SMALLEST = 10


class ShownMonth(NamedTuple):
    """A month (its first day) and its exchanges; ``None`` stands for fewer than ten, none included."""

    month: date
    exchanges: int | None


class ShownCounts(NamedTuple):
    """Months, and their total as far as it is shown; ``hidden`` is the number of months of which the count is not."""

    months: tuple[ShownMonth, ...]
    at_least: int
    hidden: int


def shown_counts(counts: Mapping[date, int]) -> ShownCounts:
    """Return what of the counts by month may be shown, in order of time."""
    return _of([ShownMonth(month, count if count >= SMALLEST else None) for month, count in sorted(counts.items())])


def by_year(shown: ShownCounts) -> dict[int, ShownCounts]:
    """Return the same by year; each total again of what is shown."""
    years = sorted({one.month.year for one in shown.months})
    return {year: _of([one for one in shown.months if one.month.year == year]) for year in years}


def _of(months: list[ShownMonth]) -> ShownCounts:
    shown = [one.exchanges for one in months if one.exchanges is not None]
    return ShownCounts(tuple(months), sum(shown), len(months) - len(shown))
