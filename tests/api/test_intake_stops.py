"""When a receipt could not be kept, none is given: nothing is recorded, and the caller is told when to return."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from compliance.exchanges.imports.stopped import ImportStoppedError
from compliance.exchanges.imports.write_chunk import ChunkWriter
from compliance.exchanges.models import Exchange
from compliance.kernel.clock import now
from compliance.ledger import freshness
from compliance.ledger.logs import LogNumber
from compliance.ledger.seal import Sealer
from compliance.retention import halt
from tests.exchanges.world import GATEWAY, fields, make_world
from tests.ledger.growing import write_entries

if TYPE_CHECKING:
    from django.test import Client

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

URL = "/api/v1/exchanges"


@pytest.fixture(autouse=True)
def _looks_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freshness, "_BELIEVED_SECONDS", -1.0)


@pytest.fixture
def post(client: Client, magda_gateway_token: str) -> Any:
    """Return a function that posts JSON as magda-gateway."""
    make_world()
    return lambda body: client.post(
        URL, json.dumps(body), "application/json", headers={"Authorization": f"Bearer {magda_gateway_token}"}
    )


def _an_old_entry_waits() -> None:
    write_entries(1, log=LogNumber.EXCHANGES, at=now() - timedelta(hours=1))


def test_one_report_and_many_are_refused_until_sealing_goes_on(post: Any) -> None:
    assert post(fields()).status_code == 201
    _an_old_entry_waits()
    for body in (fields(message_reference="r"), [fields(message_reference=f"r-{n}") for n in range(600)]):
        answer = post(body)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert answer.json()["type"].endswith("/not-sealed-in-time")
        assert answer.json()["detail"]
    assert Exchange.objects.count() == 1

    Sealer(LogNumber.EXCHANGES).seal_all()
    assert post(fields(message_reference="r")).status_code == 201


def test_an_import_stops_too_and_says_why() -> None:
    _an_old_entry_waits()
    with pytest.raises(ImportStoppedError, match="wait too long"):
        ChunkWriter(GATEWAY).write(_Chunk())  # type: ignore[arg-type]


class _Chunk:
    lines = (1,)


def test_a_halted_service_records_nothing(post: Any) -> None:
    halt.halt(reason="a restore is not finished")
    answer = post(fields())
    assert answer.status_code == 503
    assert answer.json()["type"].endswith("/halted")
    assert int(answer.headers["Retry-After"]) > 0
    halt.resume(reason="it is")
    assert post(fields()).status_code == 201
