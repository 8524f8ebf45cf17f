"""The sealer process: one at work, the next at hand, and none that begins a second history."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from compliance.ledger.keep_sealing import Sealers, keep_sealing, seal_once
from compliance.ledger.logs import LogNumber
from compliance.ledger.models import Head
from compliance.ledger.months import make_ahead
from compliance.ledger.stored_tiles import sealed_size, tree_of
from compliance.ledger.turn import turn
from kbi_audit.embedded.home import PROJECT
from tests.ledger.test_seal import check_sealed, new_entries, write

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

LOG = LogNumber.OVERSIGHT
PATIENCE = 30.0


@pytest.fixture(autouse=True)
def _months(transactional_db: None) -> None:
    make_ahead()


def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for what another process does; fail when it takes too long."""
    deadline = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < deadline, "it did not happen in time"
        threading.Event().wait(0.02)


@contextmanager
def sealer() -> Iterator[subprocess.Popen[bytes]]:
    """Run a sealer process on this test's database."""
    command = [sys.executable, "manage.py", "seal", "--follow"]
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "kbi_audit.settings.testing"}
    process = subprocess.Popen(command, cwd=PROJECT, env=environ)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def has_turn() -> bool:
    """Tell whether some other session has the turn."""
    with turn(LOG) as is_mine:
        return not is_mine


def test_a_killed_sealer_is_followed_by_the_one_that_waits() -> None:
    entries = new_entries(20)
    with sealer() as first:
        wait_until(has_turn)
        with sealer() as second:
            write(entries)
            wait_until(lambda: sealed_size(LOG) == len(entries))
            first.send_signal(signal.SIGKILL)
            first.wait()
            later = new_entries(7)
            write(later)
            wait_until(lambda: sealed_size(LOG) == len(entries | later))
            second.terminate()
            assert second.wait(PATIENCE) == 0
    check_sealed(entries | later)


def test_the_job_leaves_a_log_to_the_sealer_that_has_its_turn() -> None:
    write(new_entries(3))
    taken = threading.Event()
    done = threading.Event()

    def hold() -> None:
        try:
            with turn(LOG):
                taken.set()
                done.wait(PATIENCE)
        finally:
            connection.close()

    holder = threading.Thread(target=hold)
    holder.start()
    taken.wait(PATIENCE)
    assert seal_once() == 0
    done.set()
    holder.join()
    assert seal_once() == 3


def test_a_sealer_loses_its_turns_with_its_session_and_takes_them_again() -> None:
    sealers = Sealers()
    entries = new_entries(2)
    write(entries)
    assert sealers.round() == 2
    connection.close()
    later = new_entries(2)
    write(later)
    assert sealers.round() == 2
    check_sealed(entries | later)


def test_what_failed_is_tried_again_and_told(caplog: Any, settings: Any) -> None:
    settings.SIGNER_URL = "http://127.0.0.1:1"  # nobody answers: whether the database was restored is not known
    stopped = threading.Event()
    write(new_entries(1))
    worker = threading.Thread(target=keep_sealing, kwargs={"stopped": stopped})
    worker.start()
    try:
        wait_until(lambda: "signer-away" in caplog.text)
        assert sealed_size(LOG) == 0
        settings.SIGNER_URL = None
        wait_until(lambda: sealed_size(LOG) == 1)
    finally:
        stopped.set()
        worker.join()


def test_every_head_is_a_prefix_of_the_last() -> None:
    for count in (1, 300, 2):
        write(new_entries(count))
        seal_once()
    for head in Head.objects.filter(log=LOG):
        assert tree_of(LOG, head.size).root() == bytes(head.root)
