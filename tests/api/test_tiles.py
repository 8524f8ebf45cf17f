"""A log is served as C2SP tlog-tiles has it: hashes to everybody, entries to who may see exchanges."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING, Any

import pytest
from psycopg import sql

from compliance.access.models import Account
from compliance.access.reader_tokens import issue_reader_token
from compliance.ledger.notes import parse
from compliance.ledger.policy import parse_policy
from compliance.ledger.proofs import leaf_hash, root_of
from compliance.ledger.tile_store.folder import FolderStore
from compliance.ledger.tile_store.opened import store_at
from compliance.ledger.tile_store.write_tiles import write_tiles
from compliance.ledger.tiles import WIDTH, Tree, entries_path, tile_path, tiles_of, unbundle
from tests.ledger.growing import LOG, grow, policy, sign

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import psycopg
    from django.test import Client

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

PREFIX = "/ledger/oversight"


def get(client: Client, path: str, token: str = "", **headers: str) -> Any:
    """Ask for a path of the log."""
    if token:
        headers["Authorization"] = f"Bearer {token}"
    return client.get(f"{PREFIX}/{path}", headers=headers)


def test_a_reader_rebuilds_the_tree_of_the_checkpoint_from_what_is_served(
    client: Client, cast: Mapping[str, Account]
) -> None:
    entries = grow(700)
    note = sign()
    grow(10)  # sealed, and signed by nobody: not served
    served = get(client, "checkpoint")
    assert served.content.decode() == note
    assert served.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "no-cache" in served.headers["Cache-Control"]
    confirmed = parse_policy(policy()).confirm(parse(served.content.decode()))
    assert confirmed.quorum_met

    def read(level: int, tile: int, width: int) -> bytes:
        answer = get(client, tile_path(level, tile, width))
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert "immutable" in answer.headers["Cache-Control"]
        return bytes(answer.content)

    assert Tree(read, 700).root() == confirmed.checkpoint.root
    token = issue_reader_token(account=cast["auditor"], days=1)
    leaves = [
        leaf
        for level, tile, width in tiles_of(700)
        if level == 0
        for leaf in unbundle(get(client, entries_path(tile, width), token).content)
    ]
    assert sorted(leaves) == sorted(entries.values())
    assert root_of([leaf_hash(leaf) for leaf in leaves]) == confirmed.checkpoint.root


@pytest.mark.parametrize(
    "path",
    [
        "tile/0/002.p/189",  # more than the checkpoint tells of
        "tile/0/002",
        "tile/0/003.p/1",
        "tile/1/000.p/3",
        "tile/2/000.p/1",
        "tile/0/000.p/256",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/x000/000",
        "tile/0/0",
        "tile/0/0000",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/../checkpoint",
        "tile/0/x999/x999/x999/x999/x999/999",
    ],
)
def test_what_the_checkpoint_does_not_tell_of_is_not_there(client: Client, path: str) -> None:
    grow(700)
    sign()
    grow(100)
    answer = get(client, path)
    assert answer.status_code == 404


def test_a_log_that_nobody_signed_or_that_is_none_has_nothing(client: Client) -> None:
    grow(300)
    assert get(client, "checkpoint").status_code == 404
    assert get(client, "tile/0/000").status_code == 404
    assert client.get("/ledger/nothing/checkpoint").status_code == 404


def test_tiles_are_read_only_and_can_be_asked_about(client: Client) -> None:
    grow(300)
    sign()
    head = client.head(f"{PREFIX}/tile/0/000")
    assert (head.status_code, head.headers["Content-Length"], head.content) == (200, "8192", b"")
    for method in (client.post, client.put, client.delete, client.patch):
        assert method(f"{PREFIX}/tile/0/000").status_code == 405


def test_entries_are_for_who_may_see_exchanges(
    client: Client, cast: Mapping[str, Account], magda_gateway_token: str
) -> None:
    grow(300)
    sign()
    path = "tile/entries/000"
    assert get(client, path).status_code == 401
    assert get(client, path).headers["WWW-Authenticate"] == "Bearer"
    assert get(client, path, "kbr_nothing").status_code == 401
    assert get(client, path, magda_gateway_token).status_code == 401
    for username, status in (("auditor", 200), ("officer", 200), ("operator", 200), ("vdab-dpo", 403), ("nobody", 403)):
        token = issue_reader_token(account=cast[username], days=1)
        assert get(client, path, token).status_code == status, username
    client.force_login(cast["auditor"], backend="django.contrib.auth.backends.ModelBackend")
    assert get(client, path).status_code == 200


def test_a_readers_token_ends_with_its_day_its_password_and_its_account(
    client: Client, cast: Mapping[str, Account]
) -> None:
    grow(300)
    sign()
    auditor = cast["auditor"]

    def status(token: str) -> int:
        return int(get(client, "tile/entries/000", token).status_code)

    assert status(issue_reader_token(account=auditor, days=0)) == 401
    token = issue_reader_token(account=auditor, days=1)
    assert status(token) == 200
    assert status(f"{token[:-1]}{'A' if token[-1] != 'A' else 'B'}") == 401
    auditor.set_password("another password of the tests")
    auditor.save()
    assert status(token) == 401
    token = issue_reader_token(account=auditor, days=1)
    Account.objects.filter(pk=auditor.pk).update(is_active=False)
    assert status(token) == 401


def test_entries_are_packed_for_who_can_unpack(client: Client, cast: Mapping[str, Account]) -> None:
    grow(300)
    sign()
    token = issue_reader_token(account=cast["auditor"], days=1)
    plain = get(client, "tile/entries/000", token)
    packed = get(client, "tile/entries/000", token, **{"Accept-Encoding": "gzip, identity"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "private" in plain.headers["Cache-Control"]


def test_what_the_database_lost_is_served_from_the_tile_store(
    client: Client,
    cast: Mapping[str, Account],
    tmp_path: Path,
    settings: Any,
    superuser_connection: psycopg.Connection,
) -> None:
    settings.TILE_STORE = str(tmp_path)
    grow(700)
    sign()
    write_tiles(log=LOG)
    assert isinstance(store_at(f"{tmp_path}/oversight"), FolderStore)
    token = issue_reader_token(account=cast["auditor"], days=1)
    paths = [entries_path(0), entries_path(2, 188), entries_path(1, 7), tile_path(0, 1), tile_path(0, 1, 9)]
    before = [get(client, path, token).content for path in paths]
    for statement in ("ALTER TABLE {} DISABLE TRIGGER USER", "DELETE FROM {}"):
        for table in ("ledger_entry", "ledger_tile"):
            superuser_connection.execute(sql.SQL(statement).format(sql.Identifier(table)))

    assert [get(client, path, token).content for path in paths] == before
    assert len(unbundle(before[0])) == WIDTH
    settings.TILE_STORE = None
    assert {get(client, path, token).status_code for path in paths} == {404}
