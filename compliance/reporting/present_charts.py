"""The chart of the answer: a panel for each partner.

Small multiples with a scale each, because one partner has three thousand exchanges in a month and another
two million: stacked, VDAB's swings vanish beside CVO/CBE, and a logarithm misleads who reads bars. Each
panel writes its own scale at its top, and the caption says that the scales differ.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from compliance.reporting.chart import PAGE, Bar, Palette, Panel, ceiling_of, draw
from compliance.reporting.numbers import initial_of, period_of, whole
from compliance.reporting.present_cells import present_cell
from compliance.reporting.present_tables import name_of
from compliance.reporting.presented import PresentedChart, PresentedCharts

if TYPE_CHECKING:
    from compliance.reporting.answer_shape import Answer, Cell
    from compliance.reporting.months import Period

_EVERY_MONTH = 18


def present_charts(answer: Answer, language: str, palette: Palette = PAGE) -> PresentedCharts:
    """Return the panels: the total first, then each partner."""
    series = [(name_of(column, language), index) for index, column in enumerate(answer.months.columns)]
    rows = answer.months.rows
    panels = [
        _panel(f"chart-{index}", name, [(row.period, row.cells[index]) for row in rows], language)
        for name, index in series
    ]
    if len(series) > 1:
        total = _panel("chart-total", _("total"), [(row.period, row.total) for row in rows], language)
        panels.insert(0, total)
    return PresentedCharts(
        heading=_("Month by month"),
        caption=_(
            "Exchanges per month. Each panel has a scale of its own, written at its top; the table holds the figures."
        ),
        panels=tuple(
            PresentedChart(panel.title, panel.description, SafeString(draw(panel, palette))) for panel in panels
        ),
    )


def _panel(key: str, name: str, cells: list[tuple[Period, Cell]], language: str) -> Panel:
    known = [(cell.value, period) for period, cell in cells if cell.value is not None]
    ceiling = ceiling_of([value for value, _period in known])
    months = len(cells)
    bars = tuple(
        Bar(
            cell.value,
            f"{period_of(period, language)}: {present_cell(cell, language).text}",
            _under(period, months, language),
        )
        for period, cell in cells
    )
    return Panel(key, name, _description(name, known, language), bars, ceiling, whole(ceiling, language))


def _under(period: Period, months: int, language: str) -> str:
    """Return the letter of the month; in long periods the year, under its first month."""
    if not period.is_month:
        return str(period.first.year)
    if months <= _EVERY_MONTH:
        return initial_of(period.first, language)
    return str(period.first.year) if period.first.number == 1 else ""


def _description(name: str, known: list[tuple[int, Period]], language: str) -> str:
    if not known:
        return _("%(name)s: no figures.") % {"name": name}
    (least, least_in), (most, most_in) = min(known), max(known)
    return _("%(name)s: most in %(most_in)s (%(most)s), least in %(least_in)s (%(least)s).") % {
        "name": name,
        "most": whole(most, language),
        "most_in": period_of(most_in, language),
        "least": whole(least, language),
        "least_in": period_of(least_in, language),
    }
