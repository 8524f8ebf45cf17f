"""What tests of the engine share."""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

import pytest

from kbi_audit.embedded.home import APP
from tests.detection.engine.worlds import BOTH
from tests.exchanges.world import make_world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import psycopg

    from compliance.detection.in_force import InForce
    from tests.clones import Clone

PATIENCE = 20.0


@pytest.fixture
def put_in_force(monkeypatch: pytest.MonkeyPatch) -> Callable[[InForce], None]:
    """Return what puts detectors in force."""

    def put(chosen: InForce) -> None:
        for place in ("look_again", "look_back"):
            monkeypatch.setattr(f"compliance.detection.{place}.in_force", lambda: chosen)

    return put


@pytest.fixture
def world(transactional_db: None, monkeypatch: pytest.MonkeyPatch, put_in_force: Callable[[InForce], None]) -> None:
    """Keep the small register, and put detectors in force that say all they know; the clock alone makes nothing due."""
    make_world()
    monkeypatch.setattr("compliance.detection.due.SILENT_DAYS", 0)
    put_in_force(BOTH)


@pytest.fixture
def other(clone: Clone, world: None) -> Iterator[psycopg.Connection]:
    """Yield a second connection of the service, whose transactions the test opens and ends."""
    for connected in clone.connect_as(APP):
        connected.autocommit = False
        yield connected


@pytest.fixture
def transaction_waiting(clone: Clone, world: None) -> Iterator[Callable[[str], None]]:
    """Yield a function that waits until a query with some words waits for a lock."""
    for watcher in clone.connect_as(APP):
        yield partial(_wait, watcher)


def _wait(watcher: psycopg.Connection, words: str) -> None:
    query = "SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s"
    deadline = time.monotonic() + PATIENCE
    while watcher.execute(query, [f"%{words}%"]).fetchone() is None:
        assert time.monotonic() < deadline, "nobody waits"
        time.sleep(0.02)
