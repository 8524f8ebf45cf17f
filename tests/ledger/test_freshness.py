"""How long entries wait is known; waiting too long is noticed, and its end too."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.kernel.clock import now
from compliance.ledger import freshness
from compliance.ledger.freshness import NotSealedInTimeError, require_sealing, unsealed_age
from compliance.ledger.logs import LogNumber
from compliance.ledger.seal import Sealer
from tests.ledger.growing import write_entries

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

LOG = LogNumber.EXCHANGES
OLD, YOUNG = timedelta(hours=1), timedelta(minutes=1)


@pytest.fixture(autouse=True)
def look(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return a function that looks anew, as a second later, and tells whether intake may go on."""

    def look() -> bool:
        with monkeypatch.context() as later:
            later.setattr(freshness, "_BELIEVED_SECONDS", -1.0)
            try:
                require_sealing()
            except NotSealedInTimeError:
                return False
            return True

    return look


def test_an_entry_that_waits_too_long_stops_intake_until_it_is_sealed(look: Any) -> None:
    write_entries(3, log=LOG, at=now() - YOUNG)
    Sealer(LOG).seal_all()
    assert look()
    write_entries(2, log=LOG, at=now() - OLD)
    _forget_the_clock()
    assert not look()
    assert not look()
    Sealer(LOG).seal_all()
    assert look()


def test_entries_that_wait_a_little_stop_nothing_when_no_sealer_runs(look: Any) -> None:
    Sealer(LOG).seal_all()
    _forget_the_clock()
    assert look()
    write_entries(2, log=LOG, at=now() - YOUNG)
    assert look()


def test_what_waits_gets_too_old_while_nothing_else_happens(look: Any, settings: Any) -> None:
    Sealer(LOG).seal_all()
    write_entries(2, log=LOG, at=now() - YOUNG)
    _forget_the_clock()
    assert look()
    settings.MAX_MERGE_DELAY_SECONDS = 30
    assert not look()


def test_a_log_that_was_never_sealed_counts_from_its_oldest_entry(look: Any) -> None:
    assert look()
    assert unsealed_age(LOG) is None
    write_entries(2, log=LOG, at=now() - YOUNG)
    assert look()
    write_entries(1, log=LOG, at=now() - OLD)
    age = unsealed_age(LOG)
    assert age is not None
    assert age >= OLD


def test_the_other_logs_entries_stop_no_exchanges(look: Any) -> None:
    write_entries(2, log=LogNumber.OVERSIGHT, at=now() - OLD)
    assert look()
    age = unsealed_age(LogNumber.OVERSIGHT)
    assert age is not None
    assert age >= OLD


def test_nothing_waits_when_all_is_sealed() -> None:
    write_entries(5, log=LOG, at=now() - OLD)
    Sealer(LOG).seal_all()
    assert unsealed_age(LOG) is None


def test_a_look_costs_one_query_while_sealing_goes_on_and_is_believed_for_a_while(
    look: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    Sealer(LOG).seal_all()
    with CaptureQueriesContext(connection) as queries:
        assert look()
        monkeypatch.setattr(freshness, "_BELIEVED_SECONDS", float("inf"))
        for _ in range(10):
            require_sealing()
    assert len(queries) == 1


def _forget_the_clock() -> None:
    """Let the sealer have been away for a day: nothing of the clock that it keeps is recent."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_edge SET sealed_through = sealed_through - interval '1 day'")
