"""Recording over HTTP, through the real web server: NDJSON streams, and single reports from 16 clients."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

import msgspec

from kbi_audit.embedded.home import DATABASE
from tests.benchmarks.copy_baseline import EMPTY, copy_rate
from tests.benchmarks.server import clone, web_server

if TYPE_CHECKING:
    from kbi_audit.embedded.home import Machine
    from tests.benchmarks.reporting import Report

LINES_A_BODY = 5_000
BODIES = 16
STREAMS = 2
SINGLES = 6_000
CLIENTS = 16
_HEAD = (
    "POST /api/v1/exchanges HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {token}\r\n"
    "Content-Type: {media}\r\nContent-Length: {length}\r\n\r\n"
)


def run(report: Report, made: Machine) -> None:
    """Post streams, then single reports; compare the streams with COPY of the rows that came of both."""
    from django.db import connections  # noqa: PLC0415 - Django must be set up first

    from compliance.access.demo_people import create_gateway  # noqa: PLC0415
    from compliance.ledger.months import make_months_of  # noqa: PLC0415
    from compliance.registry.load import load_register  # noqa: PLC0415
    from tests.benchmarks.reports import reports, span  # noqa: PLC0415
    from tests.exchanges.world import make_world  # noqa: PLC0415

    load_register()
    make_world()
    token = create_gateway() or ""
    streamed = BODIES * LINES_A_BODY
    make_months_of(*span(streamed + SINGLES))
    connections.close_all()
    clone(made, DATABASE, EMPTY)
    encoder = msgspec.json.Encoder()
    rows = list(reports(streamed + SINGLES))
    bodies = [
        _request(token, "application/x-ndjson", encoder.encode_lines(rows[at : at + LINES_A_BODY]))
        for at in range(0, streamed, LINES_A_BODY)
    ]
    singles = [_request(token, "application/json", encoder.encode(row)) for row in rows[streamed:]]
    with web_server() as port:
        streams = streamed / asyncio.run(_post(port, bodies, STREAMS))
        alone = SINGLES / asyncio.run(_post(port, singles, CLIENTS))
    report("NDJSON over HTTP, two streams", streams, "records/s", copy_rate(made, len(rows)))
    report("single POSTs, 16 clients", alone, "requests/s", None)


def _request(token: str, media: str, body: bytes) -> bytes:
    return _HEAD.format(token=token, media=media, length=len(body)).encode() + body


async def _post(port: int, requests: list[bytes], clients: int) -> float:
    """Send all requests over so many kept connections and return the seconds it took; each must be answered 201."""
    waiting = iter(requests)

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**26)
        for request in waiting:
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 201 " not in head.split(b"\r\n", 1)[0]:
                raise RuntimeError(head.decode())
            await reader.readexactly(int(head.lower().split(b"content-length: ")[1].split(b"\r\n")[0]))
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(clients)))
    return time.perf_counter() - began
