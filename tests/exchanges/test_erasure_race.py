"""Whoever records while a person is erased never writes an opening under the key that is being shredded.

Threads really interleave: a lock holds the one back at the moment that matters, until the other is seen to wait.
"""

from __future__ import annotations

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

import pytest
from django.db import connection, transaction

from compliance.exchanges.models import Exchange
from compliance.exchanges.record import record
from compliance.exchanges.write_rows import FEW
from compliance.kernel.actor import system
from compliance.ledger.models import Opening, PersonKey
from compliance.registry.append_change import _LOCK as REGISTER
from compliance.registry.append_change import append_change
from compliance.registry.revision import current_revision
from compliance.retention.erase import Erased, erase_person
from compliance.simulation.numbers import synthetic_insz
from kbi_audit.embedded.home import APP
from tests.exchanges.world import GATEWAY, report
from tests.retention.acting import ASKED, committed, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from uuid import UUID

    import psycopg
    from pytest_django import DjangoAssertNumQueries

    from tests.clones import Clone

pytestmark = pytest.mark.usefixtures("committed_world")
PATIENCE = 30.0
PERSON = synthetic_insz(1)
Result = TypeVar("Result")


@pytest.fixture
def watcher(clone: Clone, transactional_db: None) -> Iterator[psycopg.Connection]:
    """Yield a connection that sees who waits, and can hold others back."""
    yield from clone.connect_as(APP)


def wait_until(watcher: psycopg.Connection, mode: str, *, kind: str = "relation") -> None:
    """Ask until some session waits for a lock of this kind and mode."""
    deadline = time.monotonic() + PATIENCE
    query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND locktype = %s AND mode = %s"
    while watcher.execute(query, [kind, mode]).fetchone() == (0,):
        assert time.monotonic() < deadline, "nobody waits"


def alone(work: Callable[[], Result]) -> Callable[[], Result]:
    """Close the thread's connection after its work."""

    def do() -> Result:
        try:
            return work()
        finally:
            connection.close()

    return do


def about(name: str, count: int) -> list[UUID]:
    """Record so many exchanges about the person in one batch."""
    subjects = [{"kind": "insz", "value": PERSON}]
    reports = [report(message_reference=f"{name}-{number}", subjects=subjects) for number in range(count)]
    return [answer.id for answer in record(reports=reports, reporter=GATEWAY)]


def erase() -> Erased:
    """Erase the person."""
    return erase_person(kind="insz", value=PERSON, **ASKED)


@pytest.mark.parametrize("count", [1, 20])
def test_who_records_while_a_person_is_erased_waits_and_encrypts_under_a_new_key(
    watcher: psycopg.Connection, count: int
) -> None:
    first = about("first", 1)[0]
    old = bytes(PersonKey.objects.get(lookup=Opening.objects.get(id=first, position=0).lookup).wrapped)
    writer_knows, go = threading.Event(), threading.Event()

    @alone
    def write() -> list[UUID]:
        about("warm", 1)  # this thread now keeps the person's key
        writer_knows.set()
        go.wait(PATIENCE)
        return about("late", count)

    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(write)
        assert writer_knows.wait(PATIENCE)
        # The eraser has taken its lock and deleted, and waits for its turn at the register, which we hold.
        watcher.execute("SELECT pg_advisory_lock(%s)", [REGISTER])
        erasing = pool.submit(alone(erase))
        wait_until(watcher, "ExclusiveLock", kind="advisory")
        go.set()
        wait_until(watcher, "RowExclusiveLock")
        assert Exchange.objects.count() == 2
        watcher.execute("SELECT pg_advisory_unlock(%s)", [REGISTER])
        erased, late = erasing.result(PATIENCE), writing.result(PATIENCE)

    assert (erased.openings, erased.keys_shredded) == (2, 1)
    assert len(late) == count
    for exchange in late:
        assert opened(exchange) == committed(exchange)
    kept = PersonKey.objects.get(lookup=Opening.objects.get(id=late[0], position=0).lookup)
    assert bytes(kept.wrapped) != old


@pytest.mark.parametrize("count", [1, 20])
def test_who_erases_while_a_batch_is_written_waits_and_erases_what_it_wrote(
    watcher: psycopg.Connection, count: int
) -> None:
    about("first", 1)
    written, go = threading.Event(), threading.Event()

    @alone
    def write() -> list[UUID]:
        with transaction.atomic():
            ids = about("early", count)
            written.set()
            go.wait(PATIENCE)
        return ids

    with ThreadPoolExecutor(2) as pool:
        writing = pool.submit(write)
        assert written.wait(PATIENCE)
        erasing = pool.submit(alone(erase))
        wait_until(watcher, "ShareRowExclusiveLock")
        go.set()
        early, erased = writing.result(PATIENCE), erasing.result(PATIENCE)

    assert erased.openings == count + 1
    for exchange in early:
        assert opened(exchange) < committed(exchange)


def test_a_register_that_moved_since_it_was_read_costs_one_more_attempt_and_nothing_else() -> None:
    about("warm", 1)
    stale = current_revision()
    append_change(kind="test", code="moved", state={}, actor=system("test"), reason="a test")
    subjects = [{"kind": "insz", "value": PERSON}]

    answer = record(reports=[report(subjects=subjects)], reporter=GATEWAY, revision=stale)[0]

    assert opened(answer.id) == committed(answer.id)
    assert answer.is_new


@pytest.mark.parametrize("count", [1, FEW])
def test_recording_about_known_persons_asks_nothing_more_than_it_did(
    django_assert_num_queries: DjangoAssertNumQueries, count: int
) -> None:
    about("warm", 1)
    subjects = [{"kind": "insz", "value": PERSON}]
    reports = [report(message_reference=f"r-{number}", subjects=subjects) for number in range(count)]
    revision = current_revision()
    with django_assert_num_queries(1):  # how far ceilings are used; the INSERT goes past the framework
        record(reports=reports, reporter=GATEWAY, revision=revision)
