"""Periods end after they begin, and there is one controller at a time."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from compliance.kernel.actor import system
from compliance.registry.change import change
from compliance.registry.models import ConnectionPeriod, ControllerPeriod, Organisation, Route

pytestmark = pytest.mark.django_db
ACTOR = system("test")


def test_a_period_that_ends_before_it_begins_is_refused() -> None:
    period = ConnectionPeriod(
        organisation=Organisation.objects.get(code="OCMW-LEUVEN"),
        route=Route.objects.get(code="MAGDA-KSZ"),
        connected_from=date(2018, 1, 1),
        connected_until=date(2018, 1, 1),
    )
    with pytest.raises(ValidationError):
        change(instance=period, actor=ACTOR, reason="connected")
    period.connected_until = date(2018, 1, 2)
    change(instance=period, actor=ACTOR, reason="connected")


def test_a_second_controller_at_the_same_time_is_refused() -> None:
    period = ControllerPeriod(
        organisation=Organisation.objects.get(code="ABB"), valid_from=date(2030, 1, 1), citation="a decision"
    )
    with pytest.raises(ValidationError):
        change(instance=period, actor=ACTOR, reason="moved")
    last = ControllerPeriod.objects.get(valid_until=None)
    last.valid_until = date(2030, 1, 1)
    change(instance=last, actor=ACTOR, reason="moved")
    change(instance=period, actor=ACTOR, reason="moved")
