"""Where computed figures and printed ones part. Pure.

A figure is compared when the answer shows what it counts: a month or year of the period, a year compared with, a
difference between the two, the queries to DISCIMUS. A figure that was itself carried over proves nothing and is
left out; totals and differences over carried-over figures are computed here, and are compared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from compliance.reporting.answer_shape import CellKind, Departure
from compliance.reporting.months import Month, Period
from compliance.reporting.printed import DISCIMUS, DISCIMUS_TOTAL, EXCHANGES, Key

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from compliance.reporting.answer_shape import Cell, Column, DifferenceRow, Discimus
    from compliance.reporting.figures import Figures


@dataclass(frozen=True, slots=True)
class Computed:
    """What an answer computed, to look a printed figure's counterpart up in."""

    period: Period
    compared: Sequence[Period]
    scope: str | None
    columns: Sequence[Column]
    figures: Figures
    differences: Sequence[DifferenceRow]
    discimus: Discimus | None

    def find(self, key: Key) -> int | None:
        """Return the computed figure, None where the answer does not show it."""
        if self.scope is not None and key.organisation != self.scope:
            return None
        if key.series.startswith(DISCIMUS):
            return self._discimus(key)
        if key.series != EXCHANGES or (key.organisation and key.organisation not in self._codes):
            return None
        return self._exchanges(key) if key.compared_with is None else self._difference(key)

    @property
    def _codes(self) -> list[str]:
        return [column.code for column in self.columns]

    def _exchanges(self, key: Key) -> int | None:
        period = period_of(key)
        shown = (self.period, *self.compared)
        if not any(whole.first <= period.first and period.last <= whole.last for whole in shown):
            return None
        if key.organisation:
            cell = self.figures.cell(key.organisation, period)
            return None if cell.documents else _value(cell)
        return _value(self.figures.total([self.figures.cell(code, period) for code in self._codes], period))

    def _difference(self, key: Key) -> int | None:
        later, earlier = period_of(key), earlier_of(key)
        row = next((row for row in self.differences if (row.later, row.earlier) == (later, earlier)), None)
        if row is None:
            return None
        found = row.cells[self._codes.index(key.organisation)] if key.organisation else row.total
        return found.value if found.complete else None

    def _discimus(self, key: Key) -> int | None:
        if self.discimus is None or period_of(key) != self.period:
            return None
        if key.series == DISCIMUS_TOTAL:
            return self.discimus.queries
        wanted = key.series.removeprefix(DISCIMUS)
        return next((part.value for part in self.discimus.outcomes if part.code == wanted), None)


def find_departures(
    *, document: str, printed: Mapping[Key, int], computed: Computed
) -> tuple[int, tuple[Departure, ...]]:
    """Return how many figures of a document could be compared, and those that depart."""
    found = [
        (key, figure, counterpart) for key, figure in printed.items() if (counterpart := computed.find(key)) is not None
    ]
    departures = (_departure(document, *one) for one in found if one[1] != one[2])
    return len(found), tuple(departures)


def period_of(key: Key) -> Period:
    """Return the month or year that a figure counts."""
    return Period.of_month(Month(key.year, key.month)) if key.month else Period.of_year(key.year)


def earlier_of(key: Key) -> Period | None:
    """Return the period that a difference is reckoned from."""
    return None if key.compared_with is None else period_of(key._replace(year=key.compared_with))


def _departure(document: str, key: Key, printed: int, computed: int) -> Departure:
    return Departure(
        document=document,
        series=key.series,
        period=period_of(key),
        compared_with=earlier_of(key),
        organisation=key.organisation,
        printed=printed,
        computed=computed,
        difference=computed - printed,
    )


def _value(cell: Cell) -> int | None:
    if cell.kind is CellKind.NOT_CONNECTED:
        return 0
    return cell.value if cell.complete else None
