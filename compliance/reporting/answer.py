"""Answer the parliamentary question from the counts: exchanges per partner and month.

Nothing is copied that can be computed. Ten queries at the most, whatever the period and the volume.
"""

from __future__ import annotations

from fractions import Fraction
from itertools import groupby
from typing import TYPE_CHECKING

from compliance.kernel.errors import NotFoundError
from compliance.reporting.answer_shape import (
    OTHERS,
    Answer,
    Cell,
    Column,
    Controller,
    Difference,
    DifferenceRow,
    Document,
    Row,
    Table,
    Words,
)
from compliance.reporting.departures import Computed, find_departures
from compliance.reporting.discimus import PARTNER, discimus_in
from compliance.reporting.divisor import Divisor, read_divisor
from compliance.reporting.facts import read_facts, words_of
from compliance.reporting.figures import Figures
from compliance.reporting.footnotes import mark, notes_for
from compliance.reporting.months import Month, Period
from compliance.reporting.printed import printed_by, scaled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from compliance.registry.models import PublishedDocument
    from compliance.reporting.facts import Facts
    from compliance.reporting.printed import Key


def build_answer(
    *, first: Month, last: Month, compare: Sequence[int] | None = None, scope: str | None = None
) -> Answer:
    """Answer for the months ``first`` to ``last``, compared with the same months beginning in other years.

    ``scope`` limits everything to one organisation: its column, footnotes and printed figures, and no total of
    others. Raises InvalidInputError on a period that is none, NotFoundError on an unknown organisation.
    """
    period = Period(first, last)
    years = sorted({Month.read(f"{year}-01").year for year in compare or ()} - {first.year}, reverse=True)
    compared = [period.beginning_in(year) for year in years]
    facts = read_facts(period=period, compared=compared, scope=scope)
    if scope is not None and not facts.partners:
        raise NotFoundError
    divisor = read_divisor(periods=[period, *compared], counted_until=facts.counted_until)
    return _Composer(facts, divisor, period, compared, scope).answer()


class _Composer:
    """Puts facts together, without asking the database again."""

    def __init__(
        self, facts: Facts, divisor: Divisor, period: Period, compared: Sequence[Period], scope: str | None
    ) -> None:
        self.facts, self.divisor, self.period, self.compared, self.scope = facts, divisor, period, compared, scope
        self.documents: list[tuple[PublishedDocument, dict[Key, int]]] = [
            (document, scaled(printed_by(figures), facts.scale or Fraction(1)))
            for document, figures in groupby(facts.published, key=lambda figure: figure.document)
        ]
        columns = [Column(partner.code, words_of(partner)) for partner in facts.partners]
        self.figures = Figures(
            codes={column.code for column in columns},
            counted=facts.counted,
            carried={document.code: printed for document, printed in self.documents if document.carried_over},
            connected=facts.connected,
        )
        if scope is None and self.figures.has_others():
            columns.append(Column(OTHERS, Words("", "", "")))
        self.columns = tuple(columns)

    def answer(self) -> Answer:
        months = Table(self.columns, tuple(self._row(period) for period in self.figures.rows(self.period)))
        compared = [self._row(period) for period in self.compared]
        total = self._row(self.period)
        differences = tuple(_difference_row(total, row) for row in compared)
        notes = notes_for(
            self.facts.footnotes,
            period=self.period,
            others=self.compared,
            codes={column.code for column in self.columns},
        )
        years = Table(self.columns, tuple(sorted((*compared, total), key=lambda row: row.period))) if compared else None
        discimus = discimus_in(self.facts.counted, self.period) if self.scope in (None, PARTNER) else None
        computed = Computed(self.period, self.compared, self.scope, self.columns, self.figures, differences, discimus)
        held = [
            (document, *find_departures(document=document.code, printed=printed, computed=computed))
            for document, printed in self.documents
        ]
        return Answer(
            period=self.period,
            scope=self.scope,
            months=mark(months, notes),
            total=total,
            years=mark(years, notes) if years else None,
            differences=differences,
            notes=notes,
            controllers=self._controllers(),
            discimus=discimus,
            documents=tuple(_document(document, found, len(departures)) for document, found, departures in held),
            departures=tuple(departure for _document_, _found, departures in held for departure in departures),
            scale=self.facts.scale,
            counted_until=self.facts.counted_until,
        )

    def _row(self, period: Period) -> Row:
        cells = tuple(self.figures.cell(column.code, period) for column in self.columns)
        total = self.figures.total(cells, period)
        days = self.divisor.working_days(known=self.figures.known(period), period=period, value=total.value)
        return Row(period, cells, total, days)

    def _controllers(self) -> tuple[Controller, ...]:
        return tuple(
            Controller(row.organisation.code, words_of(row.organisation), row.start, row.end, row.citation)
            for row in self.facts.controllers
        )


def _difference_row(later: Row, earlier: Row) -> DifferenceRow:
    cells = tuple(_difference(*pair) for pair in zip(later.cells, earlier.cells, strict=True))
    return DifferenceRow(later.period, earlier.period, cells, _difference(later.total, earlier.total))


def _difference(later: Cell, earlier: Cell) -> Difference:
    """Reckon a difference; a partner that was not connected had none."""
    figures = [0 if cell.kind is cell.kind.NOT_CONNECTED else cell.value for cell in (later, earlier)]
    new, old = figures
    if new is None or old is None:
        return Difference(None, None, complete=False)
    share = Fraction(new - old, old) if old else None
    return Difference(new - old, share, complete=later.complete and earlier.complete)


def _document(document: PublishedDocument, compared: int, departing: int) -> Document:
    return Document(
        code=document.code,
        name=words_of(document),
        citation=document.citation,
        published_on=document.published_on,
        compared=compared,
        agreeing=compared - departing,
    )
