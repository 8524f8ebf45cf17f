"""Who operates the service reads its figures, in a format that every watcher knows; nobody else does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from compliance.access.reader_tokens import issue_reader_token
from compliance.kernel.clock import now
from compliance.ledger.logs import LogNumber
from compliance.ledger.tile_store.write_tiles import write_tiles
from tests.ledger.growing import LOG, grow, policy, sign, write_entries

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from django.test import Client

    from compliance.access.models import Account

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

_LINE = re.compile(r'([a-z_]+)\{((?:[a-z]+="[^"]*",?)*)\} (\S+)')


@pytest.fixture
def read(client: Client, cast: Mapping[str, Account]) -> Any:
    """Return a function that reads the figures as the operator."""
    token = issue_reader_token(account=cast["operator"], days=1)

    def read() -> dict[str, float]:
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}", "Accept": "text/plain"})
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith("text/plain; version=0.0.4")
        lines = answer.content.decode().splitlines()
        values = [_LINE.fullmatch(line) for line in lines if not line.startswith("#")]
        assert all(values), lines
        return {f"{found[1]}{{{found[2]}}}": float(found[3]) for found in values if found}

    return read


def test_an_empty_service_has_figures(read: Any) -> None:
    found = read()
    assert found['kbi_ledger_size{log="exchanges"}'] == 0
    assert found['kbi_ledger_unsealed_seconds{log="exchanges"}'] == 0
    assert found["kbi_intake_halted{}"] == 0


def test_what_waits_what_is_published_and_who_is_behind_is_told(read: Any, settings: Any, tmp_path: Path) -> None:
    file = tmp_path / "policy"
    file.write_text(policy(witness="one"))
    settings.WITNESS_POLICY_FILE = file
    settings.TILE_STORE = str(tmp_path / "tiles")
    grow(300)
    sign(witness="one")
    write_tiles(log=LOG)
    grow(5)
    write_entries(1, at=now() - timedelta(hours=1))
    write_entries(2, log=LogNumber.EXCHANGES, at=now())

    found = read()

    assert found['kbi_ledger_size{log="oversight"}'] == 305
    assert found['kbi_ledger_published_size{log="oversight"}'] == 300
    assert found['kbi_ledger_witnessed{log="oversight"}'] == 1
    assert found['kbi_ledger_witness_behind{log="oversight",witness="one"}'] == 0
    assert found['kbi_ledger_unpublished_seconds{log="oversight"}'] > 0
    assert found['kbi_ledger_unsealed_seconds{log="oversight"}'] >= 3600
    assert 0 < found['kbi_ledger_unsealed_seconds{log="exchanges"}'] < 3600
    assert found['kbi_tile_store_size{log="oversight"}'] == 300


def test_a_token_of_somebody_else_reads_nothing(client: Client, cast: Mapping[str, Account]) -> None:
    assert client.get("/metrics").status_code == 401
    for username in ("auditor", "nobody", "vdab-dpo"):
        token = issue_reader_token(account=cast[username], days=1)
        answer = client.get("/metrics", headers={"Authorization": f"Bearer {token}"})
        assert answer.status_code == 403, username
