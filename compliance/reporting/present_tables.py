"""Tables of the answer in words: months, and years with their differences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from compliance.reporting.answer_shape import OTHERS
from compliance.reporting.numbers import period_of
from compliance.reporting.present_cells import marked, present_cell, present_difference, present_per_day
from compliance.reporting.presented import (
    PresentedCell,
    PresentedColumn,
    PresentedRow,
    PresentedSection,
    PresentedTable,
)

if TYPE_CHECKING:
    from compliance.reporting.answer_shape import Answer, Column, DifferenceRow, Row, Table

_NARROW = 16


def name_of(column: Column, language: str) -> str:
    """Return the name above a column."""
    return _("other partners") if column.code == OTHERS else column.name.read_in(language)


def present_months(answer: Answer, language: str) -> PresentedTable:
    """Return the table of partners and months, totals at its foot."""
    return PresentedTable(
        caption=_("Exchanges per partner and month, %(period)s") % {"period": period_of(answer.period, language)},
        columns=(PresentedColumn(_("month")), *_partners(answer.months, language)),
        rows=tuple(_row(row, language) for row in answer.months.rows),
        foot=_row(answer.total, language, label=_("total")),
    )


def present_years(answer: Answer, language: str) -> PresentedSection | None:
    """Return the table of the years compared, the differences under it."""
    if answer.years is None:
        return None
    table = PresentedTable(
        caption=_("Exchanges per partner in the periods compared"),
        columns=(
            PresentedColumn(_("period")),
            *_partners(answer.years, language),
            PresentedColumn(_("per working day")),
        ),
        rows=(
            *(_row(row, language, per_day=True) for row in answer.years.rows),
            *(_difference_row(row, language) for row in answer.differences),
        ),
    )
    return PresentedSection(heading=_("Year against year"), tables=(table,))


def short_name_of(column: Column, language: str) -> str:
    """Return the name as the head of a narrow column: a long one gives place to its code."""
    name = name_of(column, language)
    return name if len(name) <= _NARROW else column.code


def _partners(table: Table, language: str) -> tuple[PresentedColumn, ...]:
    return (
        *(_partner(column, language) for column in table.columns),
        PresentedColumn(_("total"), marks=marked(table.total_marks)),
    )


def _partner(column: Column, language: str) -> PresentedColumn:
    label, name = short_name_of(column, language), name_of(column, language)
    return PresentedColumn(label, column.code, marked(column.marks), title="" if label == name else name)


def _row(row: Row, language: str, *, label: str = "", per_day: bool = False) -> PresentedRow:
    cells = [present_cell(cell, language) for cell in (*row.cells, row.total)]
    if per_day:
        cells.append(present_per_day(row.working_days, language))
    return PresentedRow(label or period_of(row.period, language), tuple(cells), marks=marked(row.marks))


def _difference_row(row: DifferenceRow, language: str) -> PresentedRow:
    later, earlier = period_of(row.later, language), period_of(row.earlier, language)
    cells = [present_difference(difference, language) for difference in (*row.cells, row.total)]
    return PresentedRow(
        label=_("%(later)s against %(earlier)s") % {"later": later, "earlier": earlier},
        cells=(*cells, PresentedCell("", "same")),
        is_difference=True,
    )
