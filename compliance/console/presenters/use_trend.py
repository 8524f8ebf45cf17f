"""How the use of an authorisation, or the share that was covered, went from quarter to quarter: bars and a table."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from compliance.console.presenters import words
from compliance.console.presenters.periods import quarter_words
from compliance.reporting.chart import Bar, Panel, ceiling_of, draw
from compliance.reporting.numbers import percentage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.reporting.authorisation_use.quarter import Quarter
    from compliance.reporting.authorisation_use.read_use import Told

_WHOLE = 1000


@dataclass(frozen=True, slots=True)
class TrendRow:
    """One quarter: exchanges covered and not, and the share that was."""

    quarter: str
    covered: str
    outside: str
    share: str


@dataclass(frozen=True, slots=True)
class PresentedTrend:
    """A chart, the sentence that says what it shows, and the rows behind it; no chart where there is nothing."""

    chart: SafeString
    caption: str
    rows: tuple[TrendRow, ...]


def present_trend(quarters: Sequence[tuple[Quarter, Told]]) -> PresentedTrend:
    """Draw how many exchanges were judged in each quarter."""
    values = [told.covered + told.outside for _quarter, told in quarters]
    return _present(quarters, values, _("Exchanges per quarter"), ceiling_of(values), None)


def present_share(quarters: Sequence[tuple[Quarter, Told]]) -> PresentedTrend:
    """Draw which share of the exchanges of each quarter was covered, on a scale up to all of them."""
    values = [_thousandths(told) for _quarter, told in quarters]
    title = _("Share of exchanges that was covered, per quarter")
    return _present(quarters, values, title, _WHOLE, percentage(Fraction(1), words.language()))


def share_of(told: Told) -> str:
    """Write which share was covered; nothing of nothing."""
    exchanges = told.covered + told.outside
    return percentage(Fraction(told.covered, exchanges), words.language()) if exchanges else ""


def _present(
    quarters: Sequence[tuple[Quarter, Told]], values: Sequence[int | None], title: str, ceiling: int, top: str | None
) -> PresentedTrend:
    rows = tuple(
        TrendRow(
            words.sentence(quarter_words(quarter)),
            words.figure(told.covered),
            words.figure(told.outside),
            share_of(told),
        )
        for quarter, told in quarters
    )
    bars = tuple(
        Bar(
            value,
            _("%(quarter)s: %(covered)s covered, %(outside)s not")
            % {"quarter": row.quarter, "covered": row.covered, "outside": row.outside},
            f"Q{quarter.number}" if quarter.number != 1 else str(quarter.year),
        )
        for (quarter, _told), value, row in zip(quarters, values, rows, strict=True)
    )
    description = "; ".join(bar.title for bar in bars)
    panel = Panel("trend", title, description, bars, ceiling, words.figure(ceiling) if top is None else top)
    return PresentedTrend(SafeString(draw(panel)) if any(values) else SafeString(), title, rows)


def _thousandths(told: Told) -> int | None:
    exchanges = told.covered + told.outside
    return told.covered * _WHOLE // exchanges if exchanges else None
