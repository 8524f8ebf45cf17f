"""Working days, controllers and connections: what a figure is divided by, and who answers for it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import override

from compliance.kernel.actor import system
from compliance.registry.change import change
from compliance.registry.connections import Connection, connected_since, connection_in, connections
from compliance.registry.controllers import controller_on, controllers_between
from compliance.registry.models import ClosingDay
from compliance.registry.span import Span
from compliance.registry.working_days import count_working_days, free_days, is_working_day, working_days

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

pytestmark = pytest.mark.django_db
YEAR_2016 = (date(2016, 1, 1), date(2017, 1, 1))


def close(day: date) -> None:
    closing = ClosingDay(day=day, name_nl="Brugdag", name_en="Bridge day", name_fr="Pont")
    change(instance=closing, actor=system("test"), reason="decided by the board")


def test_2016_had_253_working_days() -> None:
    assert count_working_days(*YEAR_2016) == 253


def test_a_weekend_and_a_holiday_are_no_working_days() -> None:
    assert is_working_day(date(2016, 7, 20))
    assert not is_working_day(date(2016, 7, 21))
    assert not is_working_day(date(2016, 7, 23))


def test_a_closing_day_counts_from_the_moment_it_is_kept() -> None:
    assert is_working_day(date(2016, 7, 22))
    close(date(2016, 7, 22))
    assert not is_working_day(date(2016, 7, 22))
    assert count_working_days(*YEAR_2016) == 252


def test_working_days_leave_out_the_last_day() -> None:
    assert working_days(date(2016, 7, 20), date(2016, 7, 26)) == [date(2016, 7, d) for d in (20, 22, 25)]
    assert working_days(date(2016, 7, 20), date(2016, 7, 20)) == []


@pytest.mark.parametrize(
    ("language", "name", "own"),
    [("nl", "Nationale feestdag", "Brugdag"), ("en", "National Day", "Bridge day"), ("fr", "Fête nationale", "Pont")],
)
def test_free_days_are_named_in_the_language_of_the_reader(language: str, name: str, own: str) -> None:
    close(date(2016, 7, 22))
    with override(language):
        found = free_days(date(2016, 7, 1), date(2016, 8, 1))
    assert found == [(date(2016, 7, 21), name), (date(2016, 7, 22), own)]


def test_counting_the_days_of_a_year_costs_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    count_working_days(*YEAR_2016)
    with django_assert_num_queries(1):
        count_working_days(*YEAR_2016)


def test_the_controller_changed_on_16_july_2016() -> None:
    found = [(row.organisation.code, row.start, row.end) for row in controllers_between(*YEAR_2016)]
    assert found == [
        ("ABB", date(2016, 1, 1), date(2016, 7, 16)),
        ("AGII", date(2016, 7, 16), date(2017, 1, 1)),
    ]
    last, first = controller_on(date(2016, 7, 15)), controller_on(date(2016, 7, 16))
    assert last is not None
    assert first is not None
    assert (last.code, first.code) == ("ABB", "AGII")


def test_nobody_was_controller_before_there_was_a_bank() -> None:
    assert controllers_between(date(1999, 1, 1), date(2000, 1, 1)) == []
    assert controller_on(date(1999, 1, 1)) is None


def test_a_partner_is_not_connected_before_its_first_day() -> None:
    spans = connections()
    year_2014 = (date(2014, 1, 1), date(2015, 1, 1))
    assert connection_in(spans["OCMW-GENT"], *year_2014) is Connection.NOT_YET
    assert connection_in(spans["VDAB"], *year_2014) is Connection.CONNECTED
    assert connection_in(spans["VDAB"], date(2014, 11, 1), date(2014, 12, 1)) is Connection.NOT_YET
    assert connection_in(spans["AHOVOKS"], *year_2014) is Connection.CONNECTED
    assert connected_since(spans["OCMW-GENT"], date(2016, 1, 1)) == date(2015, 3, 1)
    assert connection_in(spans.get("OCMW-LEUVEN", []), *YEAR_2016) is Connection.NOT_YET


def test_a_partner_that_left_is_no_longer_connected_and_may_come_back() -> None:
    once, again = Span(date(2010, 1, 1), date(2012, 1, 1)), Span(date(2014, 1, 1), None)
    year = (date(2013, 1, 1), date(2014, 1, 1))
    assert connection_in([once], *year) is Connection.NO_LONGER
    assert connection_in([once, again], *year) is Connection.BETWEEN
    assert connected_since([once, again], date(2013, 6, 1)) is None
