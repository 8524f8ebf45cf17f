"""What is known of a partner in a period: counted from the entries, else carried over, else nothing.

A month is covered when any exchange of it was recorded; then a partner without a row had none. A year that the
entries do not wholly cover is taken from a document that published it. Pure.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from compliance.exchanges.vocabulary import Direction
from compliance.reporting.answer_shape import OTHERS, Cell, CellKind
from compliance.reporting.months import Month, Period
from compliance.reporting.printed import EXCHANGES, Key

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence
    from datetime import date

    from compliance.registry.span import Span
    from compliance.reporting.facts import Counted

_Known = tuple[int, frozenset[str]]
"""A figure, and the documents that it was carried over from."""


class Figures:
    """Cells for the columns ``codes``; ``carried`` holds, by document, figures for where nothing was recorded."""

    def __init__(
        self,
        *,
        codes: Collection[str],
        counted: Sequence[Counted],
        carried: Mapping[str, Mapping[Key, int]],
        connected: Mapping[str, Sequence[Span]],
    ) -> None:
        """Sum the counts and keep, for each figure carried over, the newest document."""
        self._connected = connected
        self._covered = {row.month for row in counted}
        self._counts: Counter[tuple[str, Month]] = Counter()
        for row in counted:
            if row.direction == Direction.PROVIDED:
                self._counts[row.partner if row.partner in codes else OTHERS, row.month] += row.count
        self._carried = {
            (key.organisation, key.year, key.month): (figure, frozenset({document}))
            for document, figures in carried.items()
            for key, figure in figures.items()
            if key.series == EXCHANGES and key.compared_with is None and key.organisation in codes
        }

    def has_others(self) -> bool:
        """Tell whether organisations without a column of their own had exchanges."""
        return any(code == OTHERS and count for (code, _month), count in self._counts.items())

    def rows(self, period: Period) -> Iterator[Period]:
        """Yield the rows of a table: months, or a year of which only the year's figures are known."""
        for year in period.by_year():
            if self._only_as_year(year):
                yield year
            else:
                yield from (Period.of_month(month) for month in year)

    def known(self, period: Period) -> Iterator[Period]:
        """Yield the rows that have figures."""
        for row in self.rows(period):
            if not row.is_month or self._is_known(row.first):
                yield row

    def cell(self, code: str, period: Period) -> Cell:
        """Return what is known of a partner in a period."""
        rows = list(self.rows(period))
        known = [figure for row in rows if (figure := self._figure(code, row)) is not None]
        value = sum(figure for figure, _documents in known) if known else None
        documents = tuple(sorted({document for _figure, found in known for document in found}))
        if code != OTHERS and (
            (value == 0 and not self._connected_on(code, period.start))
            or (value is None and not self._connected_in(code, period))
        ):
            start = self._next_connection(code, period)
            return Cell(CellKind.NOT_CONNECTED, documents=documents, connected_from=start)
        if value is None:
            return Cell(CellKind.NO_FIGURES, complete=False)
        kind = CellKind.CARRIED_OVER if documents else CellKind.COUNT
        return Cell(kind, value, documents, complete=len(known) == len(rows))

    def total(self, cells: Sequence[Cell], period: Period) -> Cell:
        """Return the sum of a row's cells."""
        values = [cell.value for cell in cells if cell.value is not None]
        if not values and not any(self.known(period)):
            return Cell(CellKind.NO_FIGURES, complete=False)
        documents = tuple(sorted({document for cell in cells for document in cell.documents}))
        kind = CellKind.CARRIED_OVER if documents else CellKind.COUNT
        complete = len(list(self.known(period))) == len(list(self.rows(period)))
        return Cell(kind, sum(values), documents, complete=complete)

    def _only_as_year(self, year: Period) -> bool:
        if not year.is_year or all(self._is_known(month) for month in year):
            return False
        return any((number, month) == (year.first.year, 0) for _code, number, month in self._carried)

    def _is_known(self, month: Month) -> bool:
        return month in self._covered or any(
            (year, number) == (month.year, month.number) for _code, year, number in self._carried
        )

    def _figure(self, code: str, row: Period) -> _Known | None:
        if not row.is_month:
            return self._carried.get((code, row.first.year, 0))
        if row.first in self._covered:
            return self._counts[code, row.first], frozenset()
        return self._carried.get((code, row.first.year, row.first.number))

    def _connected_on(self, code: str, day: date) -> bool:
        return any(span.holds(day) for span in self._connected.get(code, ()))

    def _connected_in(self, code: str, period: Period) -> bool:
        return any(span.within(period.start, period.end) for span in self._connected.get(code, ()))

    def _next_connection(self, code: str, period: Period) -> date | None:
        return min((span.start for span in self._connected.get(code, ()) if span.start > period.start), default=None)
