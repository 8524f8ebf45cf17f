"""How far a log is proven, told to the moment; and how it grew, told to the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from compliance.kernel.clock import now
from compliance.ledger.models import Head
from compliance.ledger.seal import Sealer
from compliance.reporting.ledger_proof.growth import DayGrowth, growth_of
from compliance.reporting.ledger_proof.standing import ledger_standing
from tests.ledger.growing import LOG, grow, sign, write_entries

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.alone
def test_a_sealer_that_catches_up_proves_no_more_than_what_it_reached() -> None:
    long_ago = now() - timedelta(hours=2)
    write_entries(4, at=long_ago - timedelta(hours=1))
    write_entries(4, at=long_ago)
    sealer = Sealer(LOG, batch=4)
    while not Head.objects.filter(log=LOG).exists():
        sealer.seal()
    sign()
    assert ledger_standing(log=LOG).until == long_ago - timedelta(hours=1)
    sealer.seal_all()
    assert ledger_standing(log=LOG).until == long_ago


def test_what_was_sealed_later_does_not_move_the_moment_of_a_checkpoint() -> None:
    grow(3)
    sign()
    before = ledger_standing(log=LOG)
    assert before.until == Head.objects.get(log=LOG).sealed_at
    grow(2)
    after = ledger_standing(log=LOG)
    assert after.until == before.until
    assert (after.size, after.checkpoint and after.checkpoint.size, after.signed_size) == (5, 3, 3)


def test_a_day_begins_at_midnight_in_brussels() -> None:
    # 22:59:59 and 23:00:00 in UTC are on two sides of a winter's midnight.
    heads = ((5, datetime(2026, 1, 9, 22, 59, 59, tzinfo=UTC)), (12, datetime(2026, 1, 9, 23, 0, tzinfo=UTC)))
    with connection.cursor() as cursor:
        for size, at in heads:
            cursor.execute("INSERT INTO ledger_head VALUES (%s, %s, %s, %s)", [size, at, LOG, bytes(32)])
    assert growth_of(log=LOG, until=datetime(2026, 1, 10, 12, tzinfo=UTC), days=3) == (
        DayGrowth(date(2026, 1, 8), 0),
        DayGrowth(date(2026, 1, 9), 5),
        DayGrowth(date(2026, 1, 10), 7),
    )
