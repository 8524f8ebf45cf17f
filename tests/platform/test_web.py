"""What holds for every answer of the web server, and whether it is ready."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test import RequestFactory, override_settings
from psycopg import sql

from kbi_audit.embedded.home import APP, free_port
from kbi_audit.proxies import client_address
from kbi_audit.settings.base import CACHES

if TYPE_CHECKING:
    import psycopg
    from django.test import Client

    from tests.clones import Clone


def test_scripts_styles_and_frames_come_from_us_alone(client: Client) -> None:
    policy = client.get("/health/live")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_every_answer_names_its_own_request(client: Client) -> None:
    first, second = (client.get("/health/live", headers={"X-Request-ID": "mine"})["X-Request-ID"] for _ in range(2))
    assert len({first, second, "mine"}) == 3


@pytest.mark.django_db
def test_it_is_ready_when_database_and_queue_answer(client: Client) -> None:
    assert client.get("/health/ready").json() == {"status": "ready", "checks": {"database": True, "queue": True}}


@pytest.mark.django_db
def test_it_is_not_ready_without_its_queue(client: Client) -> None:
    nowhere = {"default": {**CACHES["default"], "LOCATION": f"redis://127.0.0.1:{free_port()}/0"}}
    with override_settings(CACHES=nowhere):
        answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]) == (503, {"database": True, "queue": False})


def test_it_is_not_ready_without_its_database(
    client: Client, clone: Clone, superuser_connection: psycopg.Connection
) -> None:
    revoke = sql.SQL("REVOKE CONNECT ON DATABASE {} FROM {}")
    superuser_connection.execute(revoke.format(sql.Identifier(clone.name), sql.Identifier(APP)))
    connection.close()
    answer = client.get("/health/ready")
    assert (answer.status_code, answer.json()["checks"]) == (503, {"database": False, "queue": True})


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "198.51.100.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.9.9.9, 203.0.113.9", "203.0.113.9"),
        (2, "10.9.9.9, 203.0.113.9, 192.0.2.7", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.1"),
        (1, "", "198.51.100.1"),
    ],
)
def test_an_address_is_believed_from_trusted_proxies_only(proxies: int, forwarded: str, address: str) -> None:
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", headers={"X-Forwarded-For": forwarded})
    with override_settings(TRUSTED_PROXIES=proxies):
        assert client_address(request) == address
