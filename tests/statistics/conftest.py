"""What tests of counting share."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime
    from uuid import UUID

    import psycopg

    from tests.clones import Clone

from kbi_audit.embedded.home import APP
from tests.statistics.factory import MORNING, add

PATIENCE = 20.0


@pytest.fixture
def other(clone: Clone, transactional_db: None) -> Iterator[psycopg.Connection]:
    """Yield a second connection of the service, whose transactions the test opens and ends."""
    months(MORNING)
    for connected in clone.connect_as(APP):
        connected.autocommit = False
        yield connected


@pytest.fixture
def transaction_waiting(clone: Clone, transactional_db: None) -> Iterator[Callable[[str], object]]:
    """Yield a function that waits until a query with some words waits for a lock, and returns when it began to work."""
    for watcher in clone.connect_as(APP):
        yield partial(_wait, watcher)


def _wait(watcher: psycopg.Connection, words: str) -> object:
    query = "SELECT xact_start FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s"
    deadline = time.monotonic() + PATIENCE
    while (found := watcher.execute(query, [f"%{words}%"]).fetchone()) is None:
        assert time.monotonic() < deadline, "nobody waits"
        time.sleep(0.02)
    return found[0]


def months(*moments: datetime) -> None:
    """Make the partitions of these moments, in a transaction of their own."""
    with connection.cursor() as database:
        for moment in moments:
            database.execute("SELECT make_month(%s::date)", [moment.date()])


def recorded(**changes: Any) -> UUID:
    """Record one entry in a transaction of its own."""
    months(changes.get("started_at", MORNING))
    with connection.cursor() as database:
        return add(database, **changes)
