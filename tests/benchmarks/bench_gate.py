"""The gate over HTTP, through the real web server: questions that arrive at a fixed rate, whoever is still waiting.

The load is open: each question has its moment, and its latency counts from that moment, also when
the generator or the server was late. A closed loop would ask less as soon as the answers slow down.
"""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import msgspec

from tests.benchmarks.server import web_server

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

Connection = tuple[asyncio.StreamReader, asyncio.StreamWriter]
RATE = 500
SECONDS = 10
# More than it can do, so that every thread of the server has its connection to the database.
WARMING_RATE = 2_000
CONNECTIONS = 64
_CATEGORIES = ("IDENTIFICATION", "CONTACT", "CONTRACT", "TRAJECTORY", "NT2-LEVEL", "NT2-TEST", "MEDICAL-EXEMPTION")
_ASK = (
    "POST /access/v1/evaluation HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
    "Accept-Language: nl\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
)
_LIVE = b"GET /health/live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"


def run(report: Report, made: Machine) -> None:
    """Ask for ten seconds, a tenth of it not allowed; then as many times whether the process lives."""
    from django.db import connections  # noqa: PLC0415 - Django must be set up first

    from compliance.access.demo_people import create_gateway  # noqa: PLC0415
    from compliance.authorisations.load import load_authorisations  # noqa: PLC0415
    from compliance.registry.load import load_register  # noqa: PLC0415

    load_authorisations(load_register())
    token = create_gateway() or ""
    connections.close_all()
    asked = list(_questions(token, RATE * SECONDS))
    with web_server() as port:
        asyncio.run(_load(port, asked, WARMING_RATE, 1))
        idle = asyncio.run(_load(port, [_LIVE], RATE, SECONDS))
        gate = asyncio.run(_load(port, asked, RATE, SECONDS))
    report(f"gate, achieved of {RATE}/s", gate.rate, "answers/s", idle.rate)
    for share in (50, 95, 99):
        report(f"gate, p{share} at {RATE}/s", gate.at(share), "ms", idle.at(share))
    report("the process lives, p99 at the same rate", idle.at(99), "ms", None)


class Measured:
    """Latencies in milliseconds, sorted, and how many were answered a second."""

    def __init__(self, latencies: Sequence[float], seconds: float) -> None:
        """Take what was measured."""
        self._latencies = sorted(latency * 1000 for latency in latencies)
        self.rate = len(latencies) / seconds

    def at(self, share: int) -> float:
        """Return the latency that so many in a hundred did not exceed."""
        return self._latencies[min(len(self._latencies) * share // 100, len(self._latencies) - 1)]


def _questions(token: str, count: int) -> list[bytes]:
    """Make questions of VDAB's, which has a ceiling; one in ten names a category that it may not have."""
    chance = random.Random(1)  # noqa: S311 - material, not a secret
    encode = msgspec.json.Encoder().encode
    made = []
    for number in range(count):
        wanted = chance.sample(_CATEGORIES[:-1], chance.randint(1, 5)) + ([_CATEGORIES[-1]] if number % 10 == 0 else [])
        asked: dict[str, Any] = {
            "subject": {"type": "organisation", "id": "VDAB", "properties": {"user_group": f"group-{number % 40}"}},
            "action": {"name": "receive", "properties": {"purpose": "JOB-MEDIATION", "legal_basis": "VDAB-2004"}},
            "resource": {
                "type": "service",
                "id": "KBI-DOSSIER/2.0",
                "properties": {"source": "KBI", "categories": wanted},
            },
            "context": {"route": "MAGDA"},
        }
        body = encode(asked)
        made.append(_ASK.format(token=token, length=len(body)).encode() + body)
    return made


async def _load(port: int, requests: Sequence[bytes], rate: int, seconds: int) -> Measured:
    """Send a request every ``1 / rate`` seconds over kept connections; each must be answered 200."""
    free: asyncio.Queue[Connection] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        free.put_nowait(await _connected(port))
    latencies: list[float] = []

    async def send(due: float, request: bytes) -> None:
        connection = await free.get()
        try:
            await _exchange(connection, request)
        except (asyncio.IncompleteReadError, ConnectionError):  # closed by the server, as it may; the time runs on
            connection = await _connected(port)
            await _exchange(connection, request)
        latencies.append(time.perf_counter() - due)
        free.put_nowait(connection)

    began = time.perf_counter()
    async with asyncio.TaskGroup() as sending:
        for number in range(rate * seconds):
            due = began + number / rate
            wait = due - time.perf_counter()
            if wait > 0:
                await asyncio.sleep(wait)
            sending.create_task(send(due, requests[number % len(requests)]))
    taken = time.perf_counter() - began
    while not free.empty():
        free.get_nowait()[1].close()
    return Measured(latencies, taken)


async def _connected(port: int) -> Connection:
    """Open a connection that answers: a worker that has just been started may still close it."""
    while True:
        connection = await asyncio.open_connection("127.0.0.1", port)
        with suppress(asyncio.IncompleteReadError, ConnectionError):
            await _exchange(connection, _LIVE)
            return connection


async def _exchange(connection: Connection, request: bytes) -> None:
    reader, writer = connection
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    if b" 200 " not in head.split(b"\r\n", 1)[0]:
        raise RuntimeError(head.decode())
    await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
