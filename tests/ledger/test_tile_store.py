"""The second place holds what the ledger holds, tile by tile, whatever fails on the way, and never overwrites."""

from __future__ import annotations

import os
import resource
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from hypothesis import HealthCheck, given
from hypothesis import settings as trying
from hypothesis import strategies as st

from compliance.kernel.errors import NotFoundError
from compliance.ledger.checkpoint import Checkpoint
from compliance.ledger.logs import origin_of
from compliance.ledger.notes import sign_line
from compliance.ledger.proofs import leaf_hash, root_of
from compliance.ledger.tile_store.alone import alone
from compliance.ledger.tile_store.bucket import BucketStore
from compliance.ledger.tile_store.folder import STAGING, FolderStore
from compliance.ledger.tile_store.forget_entries import forget_entries
from compliance.ledger.tile_store.full_tiles import LedgerDisagreesError
from compliance.ledger.tile_store.read import CHECKPOINT, kept_tree, newest_checkpoint, read_entries
from compliance.ledger.tile_store.resume import first_missing
from compliance.ledger.tile_store.signed import as_signed
from compliance.ledger.tile_store.store import DifferentTileError, Listing, TileStoreUnavailableError
from compliance.ledger.tile_store.write_tiles import StoreIsAheadError, write_tiles
from compliance.ledger.tiles import WIDTH, entries_path, tile_path, tiles_of, unbundle
from tests.ledger.growing import LOG, LOG_SEED, grow, policy, sealed_leaves, sign
from tests.ledger.stores import FailingStore, Fate, s3_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from uuid import UUID

    import psycopg

    from compliance.ledger.tile_store.store import Store


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    """Run an S3 server for the tests of this file."""
    with s3_server() as environment:
        yield environment


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """Return an empty store of each kind."""
    if request.param == "folder":
        return FolderStore(tmp_path / "log")
    for name, value in request.getfixturevalue("s3").items():
        monkeypatch.setenv(name, value)
    return BucketStore(f"s3://tiles/{tmp_path.name}")


def files_below(root: Path) -> dict[str, bytes]:
    """Return all files of a folder store that a reader can see."""
    return {
        str(path.relative_to(root)): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and STAGING not in path.parts
    }


def test_a_store_keeps_what_is_added_and_never_overwrites(store: Store) -> None:
    store.add({"tile/0/000": b"a", "tile/0/001.p/7": b"b", "tile/0/x001/000": b"c"}, stage="3-ab")
    store.add({"tile/0/000": b"a", "tile/1/000": b"d"}, stage="4-cd")
    with pytest.raises(DifferentTileError):
        store.add({"tile/0/000": b"other", "tile/0/002": b"e"}, stage="5-ef")

    assert store.read("tile/0/000") == b"a"
    assert store.read("tile/1/000") == b"d"
    assert store.read("tile/0/003") is None
    assert store.has("tile/0/001.p/7")
    assert not store.has("tile/0/001")
    assert not store.has("tile/0/001.p")
    found = store.listing("tile/0")
    assert found.folders == {"001.p", "x001"}
    assert found.files >= {"000"}
    assert store.listing("tile/9") == Listing(frozenset(), frozenset())


def test_a_store_replaces_and_removes_when_told(store: Store) -> None:
    store.replace("checkpoint", b"first")
    store.replace("checkpoint", b"second")
    store.add({"tile/0/000.p/1": b"a", "tile/0/000.p/2": b"b", "tile/0/000": b"c"}, stage="256-ab")
    for path in ("tile/0/000.p", "tile/0/000.p", "tile/0/never"):
        store.remove(path)

    assert store.read("checkpoint") == b"second"
    assert store.listing("tile/0") == Listing(frozenset({"000"}), frozenset())


def test_a_bucket_that_is_not_there_is_unavailable(s3: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(TileStoreUnavailableError):
        BucketStore("s3://nowhere/log").add({"tile/0/000": b"a"}, stage="1-ab")


@pytest.mark.parametrize("fate", [Fate.FAILED, Fate.FAILED_BUT_PERSISTED])
def test_a_bucket_that_fails_now_and_then_holds_everything_once(fate: Fate, monkeypatch: pytest.MonkeyPatch) -> None:
    """An answer that says that it failed may be of an object that was kept: then what is there is compared."""
    files = {f"tile/0/{number:03}": b"%d" % number for number in range(6)}
    fates = [fate, Fate.DONE, fate, fate]
    with s3_server(fates) as environment:
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        store = BucketStore("s3://tiles/log")
        store.add(files, stage="6-ab")
        assert {path: store.read(path) for path in files} == files
    assert fates == []


def test_what_a_killed_writer_left_in_staging_goes_after_an_hour(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    left, at_work = tmp_path / STAGING / "3-ab.killed", tmp_path / STAGING / "4-cd.at-work"
    for folder in (left, at_work):
        folder.mkdir(parents=True)
        (folder / "0").write_bytes(b"half")
    os.utime(left, (0, 0))
    store.add({"tile/0/000": b"a"}, stage="5-ef")
    assert [path.name for path in (tmp_path / STAGING).iterdir()] == ["4-cd.at-work"]


@given(st.integers(0, 300), st.integers(0, 3000), st.integers(0, 3000), st.sampled_from([1, 7, 64]), st.randoms())
def test_writing_goes_on_with_the_last_batch_that_was_not_finished(
    start: int, written: int, length: int, batch: int, random: object
) -> None:
    """Of the batch after the last durable one any part may be there."""
    durable = start + min(written, length) // batch * batch
    end = start + length
    torn = {tile for tile in range(durable, min(durable + batch, end)) if random.random() < 0.5}  # type: ignore[attr-defined]
    looks = 0

    class Names:
        def has(self, path: str) -> bool:
            nonlocal looks
            looks += 1
            tile = int(path.removeprefix("tile/0/").replace("x", "").replace("/", ""))
            return tile < durable or tile in torn

    found = first_missing(Names(), start=start, end=end, batch=batch)  # type: ignore[arg-type]

    assert start <= found <= durable
    assert found >= durable - batch
    assert looks <= 30


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_the_store_holds_every_tile_of_the_newest_checkpoint_and_no_superseded_one(store: Store) -> None:
    entries: dict[UUID, bytes] = {}
    for count in (3, 252, 1, 400):
        entries |= grow(count)
        note = sign()
        write_tiles(log=LOG, store=store)
        _check_holds(store, sealed_leaves(entries), note)
    assert store.listing("tile/0") == Listing(frozenset({"000", "001"}), frozenset({"002.p"}))
    assert store.listing("tile/entries") == Listing(frozenset({"000", "001"}), frozenset({"002.p"}))
    assert write_tiles(log=LOG, store=store).files == 0


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_a_store_that_was_away_long_catches_up_through_the_levels(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    entries = grow(66_000)
    sign()
    entries |= grow(400)
    note = sign()
    write_tiles(log=LOG, store=store)
    leaves = sealed_leaves(entries)
    _check_holds(store, leaves, note)
    assert list(read_entries(LOG, 65_000, 66_300, store=store)) == leaves[65_000:66_300]


def _check_holds(store: Store, leaves: list[bytes], note: str) -> None:
    """Hold a store to a tree by its definition."""
    rows = [[leaf_hash(leaf) for leaf in leaves]]
    while len(rows[-1]) >= WIDTH:
        row = rows[-1]
        rows.append([root_of(row[at : at + WIDTH]) for at in range(0, len(row) // WIDTH * WIDTH, WIDTH)])
    for level, tile, width in tiles_of(len(leaves)):
        hashes = rows[level][tile * WIDTH : tile * WIDTH + width]
        assert store.read(tile_path(level, tile, width)) == b"".join(hashes), (level, tile, width)
        if level == 0:
            bundle = store.read(entries_path(tile, width))
            assert bundle is not None
            assert unbundle(bundle) == leaves[tile * WIDTH : tile * WIDTH + width]
    assert newest_checkpoint(LOG, store=store) == note
    tree = kept_tree(LOG, store=store)
    assert (tree.size, tree.root()) == (len(leaves), root_of(rows[0]))
    assert list(read_entries(LOG, 0, len(leaves), store=store)) == leaves


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_whatever_fails_a_reader_finds_a_whole_tree_and_a_retry_makes_it_good(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    entries = grow(300)
    sign()
    good = FolderStore(tmp_path_factory.mktemp("good"))
    write_tiles(log=LOG, store=good)
    old = files_below(good.root)
    entries |= grow(500)
    sign()
    write_tiles(log=LOG, store=good)
    calls: list[str] = []

    def check(fates: list[Fate]) -> None:
        root = tmp_path_factory.mktemp("failing")
        kept = FolderStore(root)
        kept.add(old, stage="300-ab")
        failing = FailingStore(kept, list(fates))
        while True:
            try:
                write_tiles(log=LOG, store=failing)
                break
            except TileStoreUnavailableError:
                _check_readable(kept)
        calls[:] = failing.calls
        assert files_below(root) == files_below(good.root)

    check([])
    assert set(calls) == {"add", "remove", "replace"}
    for call, fate in product(range(len(calls)), set(Fate) - {Fate.DONE}):
        check([Fate.DONE] * call + [fate])
    often = trying(deadline=None, max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
    often(given(st.lists(st.sampled_from(Fate), max_size=12))(check))()


def _check_readable(store: Store) -> None:
    """Prove the store's checkpoint from the store's own tiles and entries."""
    checkpoint = as_signed(newest_checkpoint(LOG, store=store) or "").checkpoint
    assert kept_tree(LOG, store=store).root() == checkpoint.root
    leaves = list(read_entries(LOG, 0, checkpoint.size, store=store))
    assert root_of([leaf_hash(leaf or b"") for leaf in leaves]) == checkpoint.root


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_a_disk_that_gets_full_leaves_nothing_that_looks_like_a_tile(tmp_path: Path) -> None:
    """The system refuses to write a file past its limit, in the middle of it, as a full disk does."""
    store = FolderStore(tmp_path)
    grow(600)
    note = sign()
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, hard))
    try:
        with pytest.raises(TileStoreUnavailableError):
            write_tiles(log=LOG, store=store)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert files_below(tmp_path) == {}
    assert list((tmp_path / STAGING).iterdir()) == []

    write_tiles(log=LOG, store=store)
    assert newest_checkpoint(LOG, store=store) == note


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_without_a_checkpoint_only_full_tiles_are_written(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    grow(600)
    assert write_tiles(log=LOG, store=store).size == 600
    assert sorted(files_below(tmp_path)) == ["tile/0/000", "tile/0/001", "tile/entries/000", "tile/entries/001"]


@pytest.mark.alone
def test_an_entry_that_was_changed_is_not_written_beside_its_tile(
    tmp_path: Path, superuser_connection: psycopg.Connection
) -> None:
    store = FolderStore(tmp_path)
    identifier = next(iter(grow(300)))
    sign()
    superuser_connection.execute("ALTER TABLE ledger_entry DISABLE TRIGGER USER")
    superuser_connection.execute("UPDATE ledger_entry SET leaf = '{}' WHERE id = %s", [identifier])

    with pytest.raises(LedgerDisagreesError):
        write_tiles(log=LOG, store=store)
    assert CHECKPOINT not in files_below(tmp_path)


@pytest.mark.alone
def test_tiles_that_were_made_anew_over_other_entries_are_not_written(
    tmp_path: Path, superuser_connection: psycopg.Connection
) -> None:
    store = FolderStore(tmp_path)
    grow(300)
    sign()
    write_tiles(log=LOG, store=store)
    before = files_below(tmp_path)
    superuser_connection.execute("ALTER TABLE ledger_tile DISABLE TRIGGER USER")
    superuser_connection.execute("UPDATE ledger_tile SET hashes = set_byte(hashes, 0, 255 - get_byte(hashes, 0))")
    superuser_connection.execute("UPDATE ledger_edge SET hashes = set_byte(hashes, 0, 255 - get_byte(hashes, 0))")
    grow(1)
    sign()

    with pytest.raises(LedgerDisagreesError):
        write_tiles(log=LOG, store=store)
    assert files_below(tmp_path) == before


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_a_database_that_was_restored_writes_nothing_over_a_store_that_saw_more(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    grow(10)
    sign()
    text = Checkpoint(origin_of(LOG), 11, bytes(32)).text()
    seen = f"{text}\n{sign_line(text, name=origin_of(LOG), seed=LOG_SEED)}"
    store.replace(CHECKPOINT, seen.encode())

    with pytest.raises(StoreIsAheadError):
        write_tiles(log=LOG, store=store)
    assert files_below(tmp_path) == {CHECKPOINT: seen.encode()}


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_entries_that_were_destroyed_are_gone_and_the_tree_stands(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    entries = grow(600)
    sign()
    write_tiles(log=LOG, store=store)
    root = kept_tree(LOG, store=store).root()
    for _ in range(2):
        forget_entries(log=LOG, tiles=[0, 2], store=store)

    leaves = sealed_leaves(entries)
    assert list(read_entries(LOG, 255, 513, store=store)) == [None, *leaves[256:512], None]
    assert kept_tree(LOG, store=store).root() == root
    with pytest.raises(NotFoundError):
        list(read_entries(LOG, 0, 601, store=store))


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_an_operator_writes_tiles_by_hand(tmp_path: Path, settings: Any) -> None:
    with pytest.raises(CommandError, match="TILE_STORE"):
        call_command("publish_tiles")
    settings.TILE_STORE = str(tmp_path)
    grow(300)
    note = sign()
    said = StringIO()
    call_command("publish_tiles", stdout=said)
    assert "oversight: 6 files written, 300 leaves in all." in said.getvalue()
    assert (tmp_path / "oversight" / CHECKPOINT).read_text() == note


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_a_checkpoint_that_no_key_of_the_policy_signed_is_not_written(tmp_path: Path, settings: Any) -> None:
    """Who can write a row could write any."""
    settings.WITNESS_POLICY_FILE = tmp_path / "policy"
    settings.WITNESS_POLICY_FILE.write_text(policy(log_seed=bytes([7]) * 32))
    grow(300)
    sign()
    store = FolderStore(tmp_path / "log")
    with pytest.raises(LedgerDisagreesError):
        write_tiles(log=LOG, store=store)
    settings.WITNESS_POLICY_FILE.write_text(policy())
    write_tiles(log=LOG, store=store)
    assert store.has(CHECKPOINT)


@pytest.mark.alone
@pytest.mark.django_db(transaction=True)
def test_one_writer_at_a_time_writes_a_logs_tiles(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    grow(300)
    sign()

    def write() -> int:
        try:
            return write_tiles(log=LOG, store=store).files
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as other:
        with alone(LOG):
            assert other.submit(write).result() == 0
        assert other.submit(write).result() > 0
