"""A correction takes away what it corrects: counts are net."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.db import connection, transaction
from django.db.models import Sum

from compliance.authorisations.models import AuthorisationUse
from compliance.exchanges.record import record
from compliance.statistics.follow import follow
from compliance.statistics.models import MonthCount
from compliance.statistics.rebuild import compare
from tests.exchanges.world import GATEWAY, make_world, report
from tests.statistics.conftest import months, recorded
from tests.statistics.factory import MORNING, add

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]


def net(*by: str) -> dict[object, int]:
    """Return the counts by some dimensions, without what is nothing."""
    rows = MonthCount.objects.values_list(*by).annotate(total=Sum("count")).exclude(total=0)
    return {row[0] if len(by) == 1 else row[:-1]: row[-1] for row in rows}


def test_a_correction_counts_under_its_own_dimensions_and_not_under_the_old() -> None:
    original = recorded(outcome="failed")
    follow()
    recorded(corrects=original, outcome="succeeded")
    follow()
    assert net("outcome") == {"succeeded": 1}
    assert compare() == []


def test_a_correction_may_lie_in_another_month_than_what_it_corrects() -> None:
    original = recorded(started_at=datetime(2016, 1, 31, 23, 30, tzinfo=UTC))  # February in Brussels
    recorded(corrects=original, started_at=datetime(2016, 1, 31, 22, 30, tzinfo=UTC))
    follow()
    assert net("month") == {date(2016, 1, 1): 1}


def test_an_original_and_its_correction_may_come_in_one_transaction() -> None:
    months(MORNING)
    with transaction.atomic(), connection.cursor() as database:
        original = add(database, partner="VMSW")
        add(database, partner="VDAB", corrects=original)
    follow()
    assert net("partner") == {"VDAB": 1}


def test_a_chain_of_corrections_counts_as_one_exchange() -> None:
    newest = recorded(service="A")
    for service in ("B", "C", "D"):
        follow()
        newest = recorded(service=service, corrects=newest)
    follow()
    assert net("service") == {"D": 1}
    assert compare() == []


def test_the_use_of_an_authorisation_is_net_too() -> None:
    original = recorded(authorisation="OLD/1")
    recorded(authorisation="NEW/1", corrects=original)
    follow()
    uses = AuthorisationUse.objects.filter(period="year").exclude(count=0)
    assert list(uses.values_list("authorisation", "count")) == [("NEW", 1)]


def test_corrections_that_the_writer_records_are_net() -> None:
    make_world()
    first = record(reports=[report(message_reference="A", outcome="failed")], reporter=GATEWAY)[0]
    record(reports=[report(message_reference="B")], reporter=GATEWAY)
    record(reports=[report(message_reference="C", corrects=str(first.id))], reporter=GATEWAY)
    follow()
    assert net("partner", "outcome") == {("VDAB", "succeeded"): 2}
    assert compare() == []
