"""The test of truth: the answer equals the published one, cell by cell and total by total, and not its slip."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from compliance.reporting.answer import build_answer
from compliance.reporting.answer_shape import CellKind
from compliance.reporting.months import Month, Period
from compliance.reporting.numbers import half_up
from tests.reporting.conftest import DECEMBER, JANUARY
from tests.reporting.counts import keep, published_year, state_scale
from tests.reporting.reference import (
    DISCIMUS_QUERIES,
    MEANT,
    PARTNERS,
    SLIP,
    discimus,
    printed_differences,
    printed_months,
    printed_total,
    printed_years,
)

if TYPE_CHECKING:
    from compliance.reporting.answer_shape import Answer, Row


def figures(row: Row) -> tuple[tuple[int, ...], int]:
    """Return a row's figures, nothing where a partner was not connected, and its total."""
    assert row.total.value is not None
    return tuple(0 if cell.kind is CellKind.NOT_CONNECTED else cell.value or 0 for cell in row.cells), row.total.value


def test_the_partners_stand_in_the_order_of_the_document(answer: Answer) -> None:
    assert tuple(column.code for column in answer.months.columns) == PARTNERS


@pytest.mark.parametrize("month", range(1, 13))
def test_every_month_equals_the_printed_one(answer: Answer, month: int) -> None:
    row = answer.months.rows[month - 1]
    assert row.period == Period.of_month(Month(2016, month))
    assert figures(row) == printed_months()[month - 1]


def test_every_total_equals_the_printed_one(answer: Answer) -> None:
    assert figures(answer.total) == printed_total()
    assert answer.total.total.value == 18_498_776


@pytest.mark.parametrize("year", [2014, 2015, 2016])
def test_every_year_equals_the_printed_one(answer: Answer, year: int) -> None:
    assert answer.years is not None
    row = next(row for row in answer.years.rows if row.period == Period.of_year(year))
    assert figures(row) == printed_years()[year]


def test_the_differences_equal_the_printed_ones_but_for_the_slip(answer: Answer) -> None:
    row = answer.differences[0]
    assert (row.later, row.earlier) == (Period.of_year(2016), Period.of_year(2015))
    printed = printed_differences()
    expected = [MEANT if figure == SLIP else figure for figure in printed.partners]
    assert [cell.value for cell in row.cells] == expected
    assert row.cells[PARTNERS.index("CVO-CBE")].value == 5_290_336
    assert row.total.value == printed.total == 6_069_077
    assert sum(expected) == printed.total, "the document's own total says that the slip is one"


def test_percentages_are_of_the_earlier_year(answer: Answer) -> None:
    shares = {
        column.code: cell.share for column, cell in zip(answer.months.columns, answer.differences[0].cells, strict=True)
    }
    assert shares["VMSW"] == Fraction(-833_645, 2_125_850)
    since_2014 = dict(zip(PARTNERS, answer.differences[1].cells, strict=True))
    assert since_2014["VDAB"].share is None, "there is no percentage of nothing"
    assert since_2014["VDAB"].value == 879_869


def test_discimus_equals_the_printed_figures(answer: Answer) -> None:
    assert answer.discimus is not None
    assert answer.discimus.queries == DISCIMUS_QUERIES
    assert {part.code: part.value for part in answer.discimus.outcomes} == discimus()
    shares = [round(float(part.share) * 200) / 2 for part in answer.discimus.outcomes]
    assert shares == [54.0, 8.5, 37.5], "as printed, to the half per cent"
    automatic = next(part for part in answer.discimus.triggers if part.code == "automatic")
    assert round(float(automatic.share) * 100) == 95


def test_the_divisor_is_that_of_the_official_holidays(answer: Answer) -> None:
    assert answer.total.working_days.days == 253
    assert half_up(answer.total.working_days.per_day or Fraction(0)) == 73_118


def test_the_answer_departs_from_the_document_in_its_slip_alone(answer: Answer) -> None:
    (departure,) = answer.departures
    assert (departure.printed, departure.computed, departure.difference) == (SLIP, MEANT, MEANT - SLIP)
    assert (departure.organisation, str(departure.period), str(departure.compared_with)) == ("CVO-CBE", "2016", "2015")
    document = next(document for document in answer.documents if document.compared)
    assert (document.compared, document.agreeing) == (90, 89)


@pytest.mark.django_db
@pytest.mark.parametrize("scale", [Fraction(1, 50), Fraction(1, 7), Fraction(2, 3), Fraction(1, 1000)])
def test_on_any_scale_the_answer_departs_in_the_slip_alone(scale: Fraction) -> None:
    keep(published_year(scale))
    state_scale(scale)
    built = build_answer(first=JANUARY, last=DECEMBER, compare=[2015, 2014])
    assert built.scale == scale
    (departure,) = built.departures
    assert (departure.organisation, departure.difference) == ("CVO-CBE", half_up((MEANT - SLIP) * scale))
