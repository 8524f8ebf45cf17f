"""What was destroyed at the end of its term, or came back after a restore, is no failure; what only looks so is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from compliance.exchanges.record import record
from compliance.ledger.logs import LogNumber
from compliance.ledger.stored_tiles import sealed_size
from compliance.ledger.tile_store.opened import store_at
from compliance.ledger.tile_store.write_tiles import write_tiles
from compliance.ledger.tiles import entries_path, tile_path
from compliance.reporting.verification.begin import begin
from compliance.reporting.verification.verify import verify
from compliance.retention.destroy import destroy
from compliance.retention.restore.after_restore import after_restore
from compliance.retention.terms import Month
from tests.exchanges.world import GATEWAY, report
from tests.tampering.sealed_world import EXCHANGES, OFFICER, copy_database, exchanges

if TYPE_CHECKING:
    from pathlib import Path

    import psycopg

    from tests.clones import Clone
    from tests.tampering.sealed_world import World

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

OLD = Month(2012, 3)


@pytest.fixture
def store(settings: Any, tmp_path: Path, world: World) -> Path:
    """Let there be a second place, with all tiles in it."""
    settings.TILE_STORE = str(tmp_path / "tiles")
    store_at.cache_clear()
    copy()
    return tmp_path / "tiles" / "exchanges"


def copy() -> None:
    """Write the tiles of both logs to the second place."""
    for log in LogNumber:
        write_tiles(log=log)


def record_old(world: World) -> None:
    """Record and seal twenty exchanges of a month that is past its term."""
    told = [report(message_reference=f"old-{n}", started_at=f"2012-03-05T10:00:{n:02}Z") for n in range(20)]
    record(reports=told, reporter=GATEWAY, with_receipts=False)
    world.seal()


def test_a_month_destroyed_with_an_attest_is_not_missed(world: World, store: Path) -> None:
    record_old(world)
    copy()
    destroy(OLD, actor=OFFICER, decision="AVG-2026-018", reason="einde van de bewaartermijn")
    assert world.failures() == {}
    exchanges(900, 5)
    world.seal()
    assert world.failures() == {}


def test_a_month_removed_with_an_attest_that_the_log_does_not_hold(world: World, attacker: psycopg.Connection) -> None:
    record_old(world)
    destroy(OLD, actor=OFFICER, decision="AVG-2026-018", reason="einde van de bewaartermijn")
    attacker.execute("UPDATE ledger_destruction SET entry = gen_random_uuid()")
    assert set(world.failures()) == {"entry-bytes", "erasures"}


def test_what_came_back_after_a_restore_is_told_of_and_no_failure(world: World, store: Path, clone: Clone) -> None:
    copy_database(clone, source=clone.name, target=f"{clone.name}_backup")
    exchanges(900, 30)
    world.seal()
    copy()
    copy_database(clone, source=f"{clone.name}_backup", target=clone.name)
    assert after_restore().holds
    world.seal()
    found = verify(begin(log=EXCHANGES))
    assert found.failures == {}
    assert (found.remarks["vanished"].count, found.remarks["vanished"].index) == (30, sealed_size(EXCHANGES) - 31)


def test_the_second_place_is_compared_file_by_file(world: World, store: Path) -> None:
    assert world.failures() == {}
    bundle = store / entries_path(1)
    bundle.chmod(0o644)
    bundle.write_bytes(bundle.read_bytes().replace(b'"succeeded"', b'"failedxxx"', 1))
    failures = world.failures()
    assert set(failures) == {"tile-store"}
    assert failures["tile-store"].index == 256


def test_a_tile_gone_from_the_second_place(world: World, store: Path) -> None:
    (store / tile_path(0, 0)).unlink()
    failures = world.failures()
    assert set(failures) == {"tile-store"}
    assert "is missing" in failures["tile-store"].sentence
