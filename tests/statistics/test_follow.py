"""Every entry is counted once: whenever it commits, whoever counts, whatever is killed."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import UTC, date, datetime
from threading import Thread
from typing import TYPE_CHECKING

import pytest
from django.db import connections
from django.db.models import Sum

from compliance.authorisations.models import AuthorisationUse
from compliance.ledger.transaction_ids import TransactionIdsWentBackError
from compliance.statistics.catch_up import FIRST_WINDOW, catch_up, catch_up_with_all, next_window
from compliance.statistics.follow import TooWideError, follow
from compliance.statistics.models import FollowerCursor, HourCount, MonthCount
from compliance.statistics.rebuild import compare
from tests.statistics.conftest import months, recorded
from tests.statistics.factory import MORNING, add, dimensions

if TYPE_CHECKING:
    from collections.abc import Callable

    import psycopg
    from pytest_django import DjangoAssertNumQueries

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]


def counted() -> int:
    """Return how many exchanges are counted, by hours; the months say the same."""
    by_hour = HourCount.objects.aggregate(total=Sum("count"))["total"] or 0
    assert by_hour == (MonthCount.objects.aggregate(total=Sum("count"))["total"] or 0)
    return int(by_hour)


def test_an_entry_is_counted_under_all_its_dimensions() -> None:
    changes = {"partner": "DISCIMUS", "direction": "obtained", "service_outcome": "enrolled", "verdict": "expired"}
    recorded(**changes)
    follow()
    hour = HourCount.objects.get()
    assert (hour.hour, hour.count) == (datetime(2016, 3, 1, 9, tzinfo=UTC), 1)
    month = MonthCount.objects.get(**dimensions(**changes))
    assert (month.month, month.count) == (date(2016, 3, 1), 1)


def test_following_again_counts_nothing_again() -> None:
    recorded()
    assert follow().entries == 1
    assert follow().entries == 0
    recorded()
    assert follow().entries == 1
    assert counted() == 2


def test_an_entry_that_commits_late_is_counted(other: psycopg.Connection) -> None:
    """Its id and its transaction are older than those of entries that were there first."""
    add(other)
    recorded()
    assert follow().entries == 0, "below the open transaction nothing has ended"
    other.commit()
    assert follow().entries == 2
    assert counted() == 2


def test_the_cursor_never_passes_an_open_transaction(other: psycopg.Connection) -> None:
    recorded()
    follow()
    add(other)
    recorded()
    for _ in range(3):
        follow()
    assert counted() == 1
    other.rollback()
    follow()
    assert counted() == 2


def test_a_second_follower_leaves_at_once(other: psycopg.Connection) -> None:
    follow()
    recorded()
    other.execute("SELECT next_xid FROM compliance_followercursor FOR UPDATE")
    assert follow().busy
    assert catch_up().entries == 0
    other.rollback()
    assert catch_up().entries == 1


def test_a_second_follower_may_wait_and_then_finds_the_cursor_moved(
    other: psycopg.Connection, transaction_waiting: Callable[[str], object]
) -> None:
    follow()
    recorded()
    other.execute("SELECT next_xid FROM compliance_followercursor FOR UPDATE")
    found: list[int] = []

    def second() -> None:
        found.append(follow(wait=True).entries)
        connections.close_all()

    waiting = Thread(target=second)
    waiting.start()
    transaction_waiting("compliance_followercursor")
    other.execute("UPDATE compliance_followercursor SET next_xid = (pg_current_xact_id()::text)::bigint")
    other.commit()
    waiting.join()
    assert found == [0]


def test_many_followers_and_writers_at_once_count_each_entry_once() -> None:
    months(MORNING)

    def write() -> None:
        for _ in range(20):
            recorded()
        connections.close_all()

    def count() -> None:
        for _ in range(10):
            catch_up(wait=True)
        connections.close_all()

    threads = [Thread(target=work) for work in (write, count, write, count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    catch_up_with_all()
    assert counted() == 40
    assert compare() == []


def test_a_worker_that_is_killed_while_it_counts_neither_loses_nor_doubles(
    other: psycopg.Connection, transaction_waiting: Callable[[str], object]
) -> None:
    recorded()
    follow()
    for _ in range(3):
        recorded()
    # Another session holds the count that the worker adds to: the worker stops in the midst of its transaction.
    other.execute("SELECT * FROM compliance_hourcount FOR UPDATE")
    program = "import django; django.setup(); from compliance.pipeline import follow; follow()"
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "kbi_audit.settings.testing"}
    with subprocess.Popen([sys.executable, "-c", program], env=environ) as worker:
        try:
            transaction_waiting("WITH hours")
        finally:
            worker.send_signal(signal.SIGKILL)
        assert worker.wait() == -signal.SIGKILL
    other.rollback()
    assert counted() == 1, "what the worker did is undone"
    assert follow(wait=True).entries == 3
    assert counted() == 4
    assert compare() == []


def test_a_session_that_the_server_ends_neither_loses_nor_doubles(
    other: psycopg.Connection, superuser_connection: psycopg.Connection, transaction_waiting: Callable[[str], object]
) -> None:
    recorded()
    follow()
    recorded()
    other.execute("SELECT * FROM compliance_hourcount FOR UPDATE")
    failed: list[BaseException] = []

    def work() -> None:
        try:
            follow()
        except Exception as error:  # noqa: BLE001 whatever the driver says of it
            failed.append(error)
        connections.close_all()

    worker = Thread(target=work)
    worker.start()
    transaction_waiting("WITH hours")
    superuser_connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'WITH hours%' AND state = 'active'"
    )
    worker.join()
    other.rollback()
    assert failed
    assert follow().entries == 1
    assert counted() == 2


def test_windows_bound_a_transaction_and_miss_nothing() -> None:
    for _ in range(5):
        recorded()
    first = FollowerCursor.objects.filter(follower="statistics")
    steps = [follow(widest=1)]
    assert first.get().next_xid == 1
    while not steps[-1].caught_up:
        steps.append(follow(widest=FIRST_WINDOW))
    assert sum(step.entries for step in steps) == 5
    assert max(step.entries for step in steps) <= 5


@pytest.mark.parametrize(("seconds", "window"), [(0.1, 400), (20.0, 100), (60.0, 25)])
def test_windows_widen_while_they_are_quick_and_narrow_when_they_are_slow(seconds: float, window: int) -> None:
    assert next_window(100, seconds=seconds) == window


def test_a_window_that_takes_too_long_is_given_up_and_nothing_of_it_counted(other: psycopg.Connection) -> None:
    recorded()
    follow()
    recorded()
    other.execute("SELECT * FROM compliance_hourcount FOR UPDATE")
    with pytest.raises(TooWideError):
        follow(seconds=1)
    assert counted() == 1
    other.rollback()
    assert follow(seconds=1).entries == 1


def test_what_was_given_up_is_tried_again_narrower(
    other: psycopg.Connection, transaction_waiting: Callable[[str], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    recorded()
    follow()
    for _ in range(20):
        recorded()
    monkeypatch.setattr("compliance.statistics.catch_up.LONGEST", 1)
    other.execute("SELECT * FROM compliance_hourcount FOR UPDATE")
    found: list[int] = []

    def work() -> None:
        found.append(catch_up().entries)
        connections.close_all()

    worker = Thread(target=work)
    worker.start()
    first = transaction_waiting("WITH hours")
    while transaction_waiting("WITH hours") == first:
        pass
    other.rollback()
    worker.join()
    assert found == [20]
    assert compare() == []


def test_catching_up_with_all_waits_for_who_still_writes(other: psycopg.Connection) -> None:
    add(other)
    with pytest.raises(TimeoutError, match="still runs"):
        catch_up_with_all(patience=0.1)
    other.commit()
    assert catch_up_with_all() == 1


def test_months_are_those_of_brussels() -> None:
    recorded(started_at=datetime(2015, 12, 31, 23, 30, tzinfo=UTC))  # half past midnight on 1 January
    recorded(started_at=datetime(2015, 12, 31, 22, 30, tzinfo=UTC))
    recorded(started_at=datetime(2016, 6, 30, 22, 30, tzinfo=UTC))  # summer time: 1 July
    follow()
    by_month = dict(MonthCount.objects.values_list("month").annotate(total=Sum("count")))
    assert by_month == {date(2015, 12, 1): 1, date(2016, 1, 1): 1, date(2016, 7, 1): 1}


def test_the_use_of_an_authorisation_is_counted_by_day_week_month_and_year() -> None:
    recorded(started_at=datetime(2016, 1, 1, 12, tzinfo=UTC))  # a Friday, of the week that began on 28 December
    recorded(started_at=datetime(2016, 1, 3, 23, 30, tzinfo=UTC), authorisation="VDAB/PROTOCOL/3")  # Monday in Brussels
    recorded(authorisation="", verdict="no-authorisation")
    follow()
    uses = set(AuthorisationUse.objects.values_list("authorisation", "period", "period_start", "count"))
    assert uses == {
        ("VDAB/PROTOCOL", "day", date(2016, 1, 1), 1),
        ("VDAB/PROTOCOL", "day", date(2016, 1, 4), 1),
        ("VDAB/PROTOCOL", "week", date(2015, 12, 28), 1),
        ("VDAB/PROTOCOL", "week", date(2016, 1, 4), 1),
        ("VDAB/PROTOCOL", "month", date(2016, 1, 1), 2),
        ("VDAB/PROTOCOL", "year", date(2016, 1, 1), 2),
    }


def test_following_asks_the_same_few_questions_whatever_there_is_to_count(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(30):
        recorded()
    # begin, make and lock the cursor, horizon, three settings, count, move the cursor, commit
    with django_assert_num_queries(10):
        follow()


def test_a_database_restored_into_another_cluster_is_noticed_instead_of_counted_short() -> None:
    catch_up_with_all()
    FollowerCursor.objects.update(next_xid=2**40)

    with pytest.raises(TransactionIdsWentBackError):
        follow()
