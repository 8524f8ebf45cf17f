"""What the answer says of any period: counted, carried over, not connected, no figures."""

from __future__ import annotations

from datetime import UTC, date, datetime
from fractions import Fraction
from typing import TYPE_CHECKING

import pytest

from compliance.kernel.actor import system
from compliance.kernel.errors import InvalidInputError, NotFoundError
from compliance.registry.change import change
from compliance.registry.models import ClosingDay, ConnectionPeriod, Footnote, Organisation, PublishedFigure
from compliance.reporting.answer import build_answer
from compliance.reporting.answer_json import answer_json
from compliance.reporting.answer_shape import OTHERS, Cell, CellKind
from compliance.reporting.months import Month, Period
from compliance.statistics.models import FollowerCursor
from tests.reporting.conftest import DECEMBER, JANUARY
from tests.reporting.counts import count, keep, published_year
from tests.reporting.reference import PARTNERS, months

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pytest_django import DjangoAssertNumQueries

    from compliance.reporting.answer_shape import Answer, Row

pytestmark = pytest.mark.django_db


def ask(first: str, last: str, compare: Sequence[int] = (), scope: str | None = None) -> Answer:
    """Build an answer."""
    return build_answer(first=Month.read(first), last=Month.read(last), compare=compare, scope=scope)


def cell(row: Row, partner: str) -> Cell:
    """Return the cell of a partner."""
    return row.cells[PARTNERS.index(partner)]


def test_a_partner_that_was_not_connected_is_not_a_zero(answer: Answer) -> None:
    assert answer.years is not None
    row = answer.years.rows[0]
    assert str(row.period) == "2014"
    assert cell(row, "OCMW-GENT").kind is CellKind.NOT_CONNECTED
    assert cell(row, "OCMW-GENT").connected_from == date(2015, 3, 1)
    assert cell(row, "VDAB").connected_from == date(2014, 12, 1)


def test_a_connected_partner_without_exchanges_is_a_zero() -> None:
    keep([count("2016-01", "VDAB", 5)])
    row = ask("2016-01", "2016-01").months.rows[0]
    assert (cell(row, "VMSW").kind, cell(row, "VMSW").value) == (CellKind.COUNT, 0)


def test_a_figure_is_never_hidden_because_the_register_says_not_connected() -> None:
    keep([count("2014-06", "VDAB", 5)])
    row = ask("2014-06", "2014-06").months.rows[0]
    assert (cell(row, "VDAB").kind, cell(row, "VDAB").value) == (CellKind.COUNT, 5)
    assert cell(row, "VMSW").kind is CellKind.NOT_CONNECTED


def test_a_partner_that_is_no_longer_connected_is_not_a_zero_either() -> None:
    ConnectionPeriod.objects.filter(organisation__code="VMSW").update(connected_until=date(2016, 1, 1))
    keep([count("2016-02", "VDAB", 5)])
    found = cell(ask("2016-02", "2016-02").months.rows[0], "VMSW")
    assert (found.kind, found.connected_from) == (CellKind.NOT_CONNECTED, None)


def test_years_before_the_entries_are_carried_over_and_say_from_where(answer: Answer) -> None:
    assert answer.years is not None
    row = answer.years.rows[1]
    assert cell(row, "VMSW") == Cell(CellKind.CARRIED_OVER, 2_125_850, ("ANSWER-321-2017-YEARS",))
    assert row.total.kind is CellKind.CARRIED_OVER
    assert cell(answer.total, "VMSW").kind is CellKind.COUNT


def test_a_year_of_which_only_the_years_figure_is_known_is_one_row_and_in_the_total() -> None:
    keep(published_year())
    answer = ask("2015-01", "2016-12")
    assert [str(row.period) for row in answer.months.rows[:2]] == ["2015", "2016-01"]
    assert (
        answer.total.total.value == 12_429_699 + 18_498_776 == sum(row.total.value or 0 for row in answer.months.rows)
    )
    assert answer.total.working_days.days == 253 + 253


def test_a_part_of_a_year_takes_no_part_of_a_years_figure() -> None:
    keep(published_year())
    answer = ask("2016-03", "2016-05", compare=[2015])
    assert answer.years is not None
    assert [str(row.period) for row in answer.years.rows] == ["2015-03/2015-05", "2016-03/2016-05"]
    assert cell(answer.years.rows[0], "VMSW").kind is CellKind.NO_FIGURES
    assert answer.differences[0].total.value is None
    assert cell(answer.total, "VDAB").value == 4_393 + 297_268 + 81_682


def test_months_that_a_document_carries_over_are_summed() -> None:
    keep(published_year())
    vmsw = Organisation.objects.get(code="VMSW")
    years = PublishedFigure.objects.filter(document__carried_over=True).first()
    assert years is not None
    for month in (3, 4, 5):
        PublishedFigure.objects.create(
            document=years.document, year=2015, month=month, organisation=vmsw, figure=100 * month
        )
    answer = ask("2016-03", "2016-05", compare=[2015])
    assert answer.years is not None
    found = cell(answer.years.rows[0], "VMSW")
    assert (found.kind, found.value, found.complete) == (CellKind.CARRIED_OVER, 1200, True)


def test_months_without_any_entry_have_no_figures_and_make_the_total_incomplete() -> None:
    keep([count("2019-01", "VDAB", 5), count("2019-03", "VDAB", 7)])
    answer = ask("2019-01", "2019-03")
    assert cell(answer.months.rows[1], "VDAB").kind is CellKind.NO_FIGURES
    assert (answer.total.total.value, answer.total.total.complete) == (12, False)
    assert answer.total.working_days.days == sum(row.working_days.days for row in answer.months.rows) == 22 + 21


def test_the_same_months_of_counted_years_are_compared() -> None:
    keep([count("2018-01", "VDAB", 100), count("2018-02", "VDAB", 900), count("2019-01", "VDAB", 150)])
    (difference,) = ask("2019-01", "2019-01", compare=[2018]).differences
    assert difference.total.value == 50
    assert difference.total.share is not None
    assert float(difference.total.share) == 0.5


def test_only_production_and_only_what_the_bank_provides_is_counted() -> None:
    keep(
        [
            count("2016-01", "VDAB", 5),
            count("2016-01", "VDAB", 70, environment="acceptance"),
            count("2016-01", "VDAB", 900, direction="obtained"),
        ]
    )
    assert ask("2016-01", "2016-01").total.total.value == 5


def test_organisations_without_a_column_are_counted_together() -> None:
    keep([count("2016-01", "VDAB", 5), count("2016-01", "OCMW-AALST", 3), count("2016-01", "OCMW-LEUVEN", 4)])
    answer = ask("2016-01", "2016-01")
    assert answer.months.columns[-1].code == OTHERS
    assert answer.total.cells[-1].value == 7
    assert answer.total.total.value == 12


def test_a_partner_sees_nothing_of_another(answer: Answer) -> None:
    keep(published_year())
    own = ask("2016-01", "2016-12", compare=[2015, 2014], scope="VDAB")
    assert [column.code for column in own.months.columns] == ["VDAB"]
    assert own.total.total.value == 879_869
    assert own.discimus is None
    assert own.departures == ()
    assert {note.organisation for note in own.notes} == {"VDAB"}
    text = answer_json(own).decode()
    others = [str(figure) for _month, partner, figure in months() if partner != "VDAB"]
    assert not [word for word in (*others, "VMSW", "AHOVOKS", "OCMW-GENT", "18498776") if word in text]


def test_an_unknown_organisation_is_not_found() -> None:
    with pytest.raises(NotFoundError):
        ask("2016-01", "2016-12", scope="NOBODY")


@pytest.mark.parametrize(
    ("first", "last", "compare"),
    [("2016-12", "2016-01", ()), ("2016-13", "2016-12", ()), ("1900-01", "2016-01", ()), ("2016-01", "2016-01", (0,))],
)
def test_what_is_no_period_is_refused(first: str, last: str, compare: Sequence[int]) -> None:
    with pytest.raises(InvalidInputError):
        ask(first, last, compare)


def test_the_controller_of_each_part_of_the_period_is_named(answer: Answer) -> None:
    found = [(controller.code, controller.start, controller.until) for controller in answer.controllers]
    assert found == [
        ("ABB", date(2016, 1, 1), date(2016, 7, 16)),
        ("AGII", date(2016, 7, 16), date(2017, 1, 1)),
    ]


def test_a_footnote_to_the_whole_table_marks_the_head_and_one_to_a_part_marks_the_cells(answer: Answer) -> None:
    marks = {column.code: column.marks for column in answer.months.columns}
    assert marks["OCMW-GENT"] == ("*",)
    assert marks["VDAB"] == ("**",)
    assert answer.years is not None
    in_2014, in_2015, in_2016 = answer.years.rows
    assert cell(in_2016, "VDAB").marks == ("**",)
    assert cell(in_2015, "VDAB").marks == ()
    assert cell(in_2014, "VDAB").marks
    assert {mark for row in answer.years.rows for one in row.cells for mark in one.marks} == {
        note.mark for note in answer.notes
    }


def test_a_footnote_to_all_partners_marks_totals_or_rows() -> None:
    words = dict.fromkeys(("text_nl", "text_en", "text_fr"), "all")
    Footnote.objects.create(period_from=date(2016, 1, 1), period_until=date(2017, 1, 1), **words)
    Footnote.objects.create(period_from=date(2016, 2, 10), period_until=date(2016, 2, 12), **words)
    keep(published_year())
    answer = ask("2016-01", "2016-12")
    throughout, partly = (note.mark for note in answer.notes if not note.organisation)
    assert answer.months.total_marks == (throughout,)
    assert [row.marks for row in answer.months.rows[:3]] == [(), (partly,), ()]


def test_our_own_closing_days_are_no_working_days() -> None:
    day = ClosingDay(day=date(2016, 7, 22), name_nl="dag", name_en="day", name_fr="jour")
    change(instance=day, actor=system("test"), reason="test")
    keep(published_year())
    assert ask("2016-01", "2016-12").total.working_days.days == 252


def test_a_period_that_still_runs_is_divided_by_the_days_that_have_passed() -> None:
    keep([count("2016-01", "VDAB", 60), count("2016-02", "VDAB", 40)])
    FollowerCursor.objects.update(moved_at=datetime(2016, 2, 2, 23, 30, tzinfo=UTC))  # 3 February in Brussels
    found = ask("2016-01", "2016-02").total.working_days
    assert (found.days, found.until) == (20 + 3, date(2016, 2, 4))
    assert found.per_day == Fraction(100, 23)


def test_the_number_of_queries_does_not_depend_on_the_period(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    keep(published_year())
    ask("2016-01", "2016-01")  # what is remembered between requests is remembered now
    for first, last, compare in (("2016-01", "2016-01", ()), ("2010-01", "2019-12", (2000, 2001, 2002, 2003))):
        # organisations, connections, counts, figures, footnotes, controllers, scale, cursor, revision
        with django_assert_max_num_queries(9):
            ask(first, last, compare)


def test_periods_know_their_months_and_years() -> None:
    assert [str(year) for year in Period(Month(2015, 11), Month(2017, 2)).by_year()] == [
        "2015-11/2015-12",
        "2016",
        "2017-01/2017-02",
    ]
    assert Period(JANUARY, DECEMBER).is_year
    assert len(list(Period.of_year(2016))) == 12
    assert Month(2016, 1).plus(-1) == Month(2015, 12)
