"""The school calendar says what the Department of Education published."""

from __future__ import annotations

from datetime import date

import pytest

from compliance.detection.detectors.volumes.school_calendar import Vacation, school_holidays, vacation_of, vacations

# As published by onderwijs.vlaanderen.be: vacation, first day, last day.
PUBLISHED = (
    (Vacation.AUTUMN, date(2014, 10, 27), date(2014, 11, 2)),
    (Vacation.CHRISTMAS, date(2014, 12, 22), date(2015, 1, 4)),
    (Vacation.CARNIVAL, date(2015, 2, 16), date(2015, 2, 22)),
    (Vacation.EASTER, date(2015, 4, 6), date(2015, 4, 19)),
    (Vacation.AUTUMN, date(2015, 11, 2), date(2015, 11, 8)),
    (Vacation.CHRISTMAS, date(2015, 12, 21), date(2016, 1, 3)),
    (Vacation.CARNIVAL, date(2016, 2, 8), date(2016, 2, 14)),
    (Vacation.EASTER, date(2016, 3, 28), date(2016, 4, 10)),
    (Vacation.SUMMER, date(2016, 7, 1), date(2016, 8, 31)),
    (Vacation.AUTUMN, date(2016, 10, 31), date(2016, 11, 6)),
    (Vacation.CHRISTMAS, date(2016, 12, 26), date(2017, 1, 8)),
    (Vacation.AUTUMN, date(2018, 10, 29), date(2018, 11, 4)),
    (Vacation.CARNIVAL, date(2019, 3, 4), date(2019, 3, 10)),
    (Vacation.EASTER, date(2019, 4, 8), date(2019, 4, 22)),
    (Vacation.EASTER, date(2020, 4, 6), date(2020, 4, 19)),
    (Vacation.CHRISTMAS, date(2021, 12, 27), date(2022, 1, 9)),
    (Vacation.CARNIVAL, date(2022, 2, 28), date(2022, 3, 6)),
    (Vacation.EASTER, date(2024, 4, 1), date(2024, 4, 14)),
    (Vacation.EASTER, date(2025, 4, 7), date(2025, 4, 21)),
    (Vacation.AUTUMN, date(2026, 11, 2), date(2026, 11, 8)),
    (Vacation.EASTER, date(2027, 3, 29), date(2027, 4, 11)),
)


@pytest.mark.parametrize(("vacation", "first", "last"), PUBLISHED)
def test_a_vacation_lies_where_it_was_published(vacation: Vacation, first: date, last: date) -> None:
    closed = {one.vacation: one for one in vacations(first.year)}[vacation]

    assert (closed.begins, (closed.ends - closed.begins).days) == (first, (last - first).days + 1)


def test_a_day_is_a_school_holiday_exactly_when_it_lies_in_a_vacation() -> None:
    days = school_holidays(range(2014, 2028))

    assert all((date.fromordinal(n) in days) == (vacation_of(date.fromordinal(n)) is not None)
               for n in range(date(2014, 1, 1).toordinal(), date(2028, 1, 1).toordinal()))  # fmt: skip


def test_a_vacation_over_new_year_belongs_to_both_years() -> None:
    assert {date(2016, 1, 3), date(2016, 12, 26)} <= school_holidays([2016])
    assert date(2017, 1, 1) not in school_holidays([2016])
