"""What detectors are told of the register: hours, closing days, and authorisations that are to come."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from compliance.authorisations.models import AuthorisationVersion
from compliance.detection.detectors.rules.expiring_cover.detect import EXPIRING_COVER
from compliance.detection.reading.register import read_register
from compliance.kernel.actor import system
from compliance.registry.append_change import append_change
from compliance.registry.change import change
from compliance.registry.models import ClosingPeriod, Organisation
from tests.detection.rules.days import exchange, found
from tests.exchanges.world import make_world

ENDS = datetime(2016, 6, 1, tzinfo=UTC)
DAY = date(2016, 5, 12)


@pytest.mark.usefixtures("register")
def test_hours_and_closing_days_are_those_of_each_partner() -> None:
    row = ClosingPeriod(
        organisation=Organisation.objects.get(code="VDAB"), closed_from=DAY, closed_until=DAY + timedelta(days=1)
    )
    change(instance=row, actor=system("test"), reason="test")
    baseline = read_register(DAY)
    assert baseline.office_hours["CVO-CBE"].hold(6, 16)
    assert not baseline.office_hours["VDAB"].hold(6, 16)
    assert baseline.calendar.is_closed(DAY, partner="VDAB")
    assert not baseline.calendar.is_closed(DAY, partner="VMSW")


@pytest.mark.usefixtures("db")
def test_a_successor_that_is_signed_keeps_an_end_from_being_alarming() -> None:
    make_world()
    first = AuthorisationVersion.objects.get(authorisation__code="TEST-PROTOCOL")
    second = _version(first, number=2, valid_from=datetime(2016, 1, 1, tzinfo=UTC), valid_until=ENDS)
    rows = [exchange(1, authorisation="TEST-PROTOCOL/2")]
    assert len(found(EXPIRING_COVER, rows, read_register(DAY))) == 1
    _version(second, number=3, valid_from=ENDS, valid_until=None)
    assert not found(EXPIRING_COVER, rows, read_register(DAY))


def _version(like: AuthorisationVersion, **changes: object) -> AuthorisationVersion:
    fields = {field.name: getattr(like, field.name) for field in like._meta.concrete_fields if not field.primary_key}
    made = AuthorisationVersion.objects.create(**{**fields, **changes})
    append_change(kind="test", code=f"version-{made.number}", state={}, actor=system("test"), reason="test")
    return made
