"""What was acknowledged is there, and nothing is there by half, also when the web server is killed at work."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from compliance.access.demo_people import create_gateway
from kbi_audit.embedded import children
from kbi_audit.embedded.home import PROJECT, free_port
from kbi_audit.embedded.waiting import answers_in_time
from tests.exchanges.world import fields

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Iterator
    from pathlib import Path

BATCH = 50
SENDERS = 3
ACKNOWLEDGED_BEFORE_THE_KILL = 8


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Run a web server of this test's own, and yield its port and process."""
    port = free_port()
    environ = {**os.environ, "DJANGO_SETTINGS_MODULE": "kbi_audit.settings.testing"}
    command = [sys.executable, "-m", "granian", "--interface=wsgi", "--host=127.0.0.1", f"--port={port}"]
    command += ["--workers=1", "--blocking-threads=4", "kbi_audit.wsgi:application"]
    process = children.start(command, log=tmp_path / "web.log", environ=environ, cwd=PROJECT)
    assert answers_in_time(port=port, path="/health/live", child=process)
    yield port, process
    children.stop(process)


def test_a_killed_web_server_loses_nothing_acknowledged_and_leaves_nothing_by_half(
    server: tuple[int, subprocess.Popen[bytes]],
) -> None:
    port, process = server
    token = create_gateway()
    acknowledged: list[str] = []
    enough = threading.Event()

    def send(sender: int) -> None:
        for number in range(10_000):
            batch = [
                fields(message_reference=f"s{sender}-b{number}-r{row}", asker={"organisation": "VDAB"})
                for row in range(BATCH)
            ]
            request = urllib.request.Request(
                f"http://127.0.0.1:{port}/api/v1/exchanges",
                data="\n".join(map(json.dumps, batch)).encode(),
                headers={"Authorization": f"Bearer {token}", "Content-Type": "application/x-ndjson"},
            )
            try:
                with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
                    acknowledged.extend(json.loads(line)["id"] for line in answer.read().splitlines())
            except (urllib.error.URLError, HTTPException, ConnectionError):
                return
            if len(acknowledged) >= BATCH * ACKNOWLEDGED_BEFORE_THE_KILL:
                enough.set()

    with ThreadPoolExecutor(SENDERS) as senders:
        sending = [senders.submit(send, sender) for sender in range(SENDERS)]
        reached = enough.wait(timeout=60)
        os.killpg(process.pid, signal.SIGKILL)
        for future in sending:
            future.result()
    assert reached

    with connection.cursor() as cursor:
        cursor.execute("SELECT id::text FROM exchanges_exchange WHERE message_reference LIKE 's%-b%-r%'")
        recorded = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT id::text FROM ledger_entry WHERE log = 1")
        entered = {row[0] for row in cursor.fetchall()}
        cursor.execute("SELECT DISTINCT id::text FROM ledger_opening WHERE log = 1")
        opened = {row[0] for row in cursor.fetchall()}
    assert set(acknowledged) <= recorded
    assert recorded == entered == opened
    assert len(recorded) % BATCH == 0


def test_the_same_report_at_once_from_many_is_recorded_once_and_answered_alike(
    server: tuple[int, subprocess.Popen[bytes]],
) -> None:
    port, _ = server
    token = create_gateway()
    body = json.dumps(fields(asker={"organisation": "VDAB"})).encode()

    def send(_: int) -> tuple[int, dict[str, object]]:
        request = urllib.request.Request(
            f"http://127.0.0.1:{port}/api/v1/exchanges",
            data=body,
            headers={"Authorization": f"Bearer {token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
            return answer.status, json.loads(answer.read())

    with ThreadPoolExecutor(8) as senders:
        answers = list(senders.map(send, range(8)))

    assert sorted(status for status, _ in answers) == [200] * 7 + [201]
    assert len({json.dumps({**answer, "new": None}, sort_keys=True) for _, answer in answers}) == 1
