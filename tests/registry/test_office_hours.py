"""Promises of the hours and days on which people of an organisation work."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from compliance.kernel.actor import system
from compliance.registry.change import change
from compliance.registry.models import ClosingPeriod, OfficeHours, Organisation, RegisterChange
from compliance.registry.office_hours import closing_days_between, office_hours_at

pytestmark = pytest.mark.usefixtures("register")
DAY = date(2016, 5, 12)


def _hours(**told: object) -> OfficeHours:
    row = OfficeHours(
        **{
            "organisation": Organisation.objects.get(code="POD-MI"),
            "weekday": 4,
            "opens": 9,
            "closes": 17,
            "valid_from": date(2016, 1, 1),
            **told,
        }
    )
    change(instance=row, actor=system("test"), reason="test")
    return row


def test_the_centres_have_evening_classes_and_saturdays() -> None:
    hours = office_hours_at(DAY)
    assert hours["CVO-CBE"][1] == (8, 22)
    assert hours["CVO-CBE"][6] == (8, 17)
    assert 6 not in hours["VDAB"]
    assert "POD-MI" not in hours


def test_hours_hold_in_their_period_and_each_change_is_a_version() -> None:
    row = _hours(valid_until=date(2016, 5, 1))
    _hours(valid_from=date(2016, 5, 1), closes=20)
    assert office_hours_at(date(2015, 12, 31)).get("POD-MI") is None
    assert office_hours_at(date(2016, 4, 30))["POD-MI"] == {4: (9, 17)}
    assert office_hours_at(DAY)["POD-MI"] == {4: (9, 20)}
    assert RegisterChange.objects.filter(kind="officehours", code=row.recorded_code).count() == 1


@pytest.mark.parametrize("told", [{"opens": 17, "closes": 9}, {"closes": 25}, {"weekday": 8}])
def test_hours_that_no_clock_shows_are_refused(told: dict[str, int]) -> None:
    with pytest.raises(ValidationError):
        _hours(**told)


def test_a_closing_period_closes_each_of_its_days_for_that_organisation() -> None:
    row = ClosingPeriod(
        organisation=Organisation.objects.get(code="VDAB"),
        closed_from=date(2016, 12, 26),
        closed_until=date(2017, 1, 2),
    )
    change(instance=row, actor=system("test"), reason="test")
    days = closing_days_between(date(2016, 12, 30), date(2017, 2, 1))
    assert days == {"VDAB": frozenset({date(2016, 12, 30), date(2016, 12, 31), date(2017, 1, 1)})}
    assert closing_days_between(date(2016, 1, 1), date(2016, 12, 26)) == {}
