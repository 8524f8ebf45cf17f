"""Whoever changes, drops, inserts or moves an entry is found, and found by the check that is made for it."""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

import pytest

from compliance.kernel.clock import now
from compliance.ledger.logs import origin_of
from compliance.ledger.proofs import leaf_hash
from tests.tampering.attacks import deny, entry_at, first_xid, leaf_of, put_hash, remove_record
from tests.tampering.sealed_world import EXCHANGES, OVERSIGHT

if TYPE_CHECKING:
    import psycopg

    from tests.tampering.sealed_world import World

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]

INSERT = "INSERT INTO ledger_entry (xid, recorded_at, id, log, leaf) VALUES (%s, %s, %s, %s, %s)"


@pytest.mark.parametrize("index", [0, 590])
def test_an_edited_record(world: World, attacker: psycopg.Connection, index: int) -> None:
    deny(attacker, entry_at(index))
    failures = world.failures()
    assert set(failures) == {"entry-bytes"}
    assert (failures["entry-bytes"].index, failures["entry-bytes"].count) == (index, 1)
    assert f"leaf {index}, is not the one that was sealed" in failures["entry-bytes"].sentence


def test_an_edited_record_and_its_hash(world: World, attacker: psycopg.Connection) -> None:
    put_hash(attacker, 100, leaf_hash(deny(attacker, entry_at(100))))
    failures = world.failures()
    assert set(failures) == {"tiles"}
    assert failures["tiles"].index == 0


def test_an_edited_column(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute(
        "UPDATE exchanges_exchange SET partner = 'VMSW', verdict = 'covered' WHERE id = %s", [entry_at(310)]
    )
    failures = world.failures()
    assert set(failures) == {"columns"}
    assert "leaf 310" in failures["columns"].sentence
    assert "partner" in failures["columns"].sentence


def test_a_hidden_row(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute("DELETE FROM exchanges_exchange WHERE id = %s", [entry_at(5)])
    attacker.execute("DELETE FROM exchanges_correction")
    failures = world.failures()
    assert set(failures) == {"columns"}
    assert failures["columns"].count == 2


def test_an_invented_row(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute("CREATE TEMP TABLE invented AS SELECT * FROM exchanges_exchange WHERE id = %s", [entry_at(5)])
    attacker.execute("UPDATE invented SET id = %s", [UUID(int=entry_at(5).int + 1)])
    attacker.execute("INSERT INTO exchanges_exchange SELECT * FROM invented")
    assert set(world.failures()) == {"columns"}


def test_an_edited_act(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute("UPDATE oversight_act SET actor = 'nobody' WHERE id = %s", [entry_at(2, log=OVERSIGHT)])
    assert set(world.failures(log=OVERSIGHT)) == {"columns"}
    assert world.failures() == {}


@pytest.mark.parametrize("index", [255, 400])
def test_a_record_deleted_from_the_middle(world: World, attacker: psycopg.Connection, index: int) -> None:
    remove_record(attacker, entry_at(index))
    failures = world.failures()
    assert set(failures) == {"entry-bytes"}
    assert f"leaf {index}, is missing" in failures["entry-bytes"].sentence


@pytest.mark.parametrize("index", [255, 560])
def test_an_entry_inserted_back_dated(world: World, attacker: psycopg.Connection, index: int) -> None:
    """It pretends to be of an old transaction, below what is sealed, so that it would never be sealed either."""
    entry = UUID(int=entry_at(index).int ^ 1)
    leaf = leaf_of(attacker, entry_at(index)).replace(str(entry_at(index)).encode(), str(entry).encode())
    attacker.execute(INSERT, [first_xid(attacker, index), now(), entry, EXCHANGES, leaf])
    failures = world.failures()
    assert set(failures) == {"unsealed-backdated"}
    assert str(entry) in failures["unsealed-backdated"].sentence


def test_an_entry_of_a_transaction_to_come(world: World, attacker: psycopg.Connection) -> None:
    entry = UUID(int=entry_at(9).int ^ 1)
    attacker.execute(INSERT, [10**15, now(), entry, EXCHANGES, b"{}"])
    failures = world.failures()
    assert set(failures) == {"unsealed-backdated"}
    assert "has not begun" in failures["unsealed-backdated"].sentence


def test_two_records_swapped(world: World, attacker: psycopg.Connection) -> None:
    one, other = entry_at(10), entry_at(11)
    attacker.execute(
        "UPDATE ledger_position SET ids = overlay(ids PLACING %s FROM %s) WHERE log = %s AND tile = 0",
        [other.bytes + one.bytes, 10 * 16 + 1, EXCHANGES],
    )
    failures = world.failures()
    assert set(failures) == {"entry-bytes"}
    assert (failures["entry-bytes"].index, failures["entry-bytes"].count) == (10, 2)


def test_one_record_in_two_places(world: World, attacker: psycopg.Connection) -> None:
    hidden = entry_at(10)
    attacker.execute(
        "UPDATE ledger_position SET ids = overlay(ids PLACING %s FROM %s) WHERE log = %s AND tile = 0",
        [entry_at(11).bytes, 10 * 16 + 1, EXCHANGES],
    )
    failures = world.failures()
    assert set(failures) == {"positions", "unsealed-backdated"}
    assert str(hidden) in failures["unsealed-backdated"].sentence


def test_a_leaf_of_another_log_replayed(world: World, attacker: psycopg.Connection) -> None:
    entry = entry_at(3, log=OVERSIGHT)
    attacker.execute(
        "INSERT INTO ledger_entry (recorded_at, id, log, leaf) SELECT recorded_at, id, %s, leaf FROM ledger_entry "
        "WHERE log = %s AND id = %s",
        [EXCHANGES, OVERSIGHT, entry],
    )
    world.seal()
    failures = world.failures()
    assert set(failures) == {"origin"}
    assert origin_of(OVERSIGHT) in failures["origin"].sentence


def test_an_entry_sealed_today_that_says_it_is_years_old(world: World, attacker: psycopg.Connection) -> None:
    """A service that lies writes all of it well, and the sealer seals it. The times of those outside do not fit."""
    model = entry_at(3, log=OVERSIGHT)
    entry = UUID(int=model.int ^ 1)
    leaf = leaf_of(attacker, model, log=OVERSIGHT).replace(str(model).encode(), str(entry).encode())
    start = leaf.index(b'"at":"') + len(b'"at":"')
    leaf = leaf[:start] + b"2019-06-01T10:00:00.000000Z" + leaf[start + 27 :]
    attacker.execute("CREATE TEMP TABLE forged AS SELECT * FROM oversight_act WHERE id = %s", [model])
    with attacker.transaction():
        attacker.execute(
            "UPDATE forged SET id = %s, at = '2019-06-01 10:00+00', xid = pg_current_xact_id()::text::bigint", [entry]
        )
        attacker.execute("INSERT INTO oversight_act SELECT * FROM forged")
        attacker.execute(
            "INSERT INTO ledger_entry (recorded_at, id, log, leaf) VALUES ('2019-06-01 10:00+00', %s, %s, %s)",
            [entry, OVERSIGHT, leaf],
        )
    world.seal()
    failures = world.failures(log=OVERSIGHT)
    assert set(failures) == {"time-bounds"}
    assert "2019-06-01" in failures["time-bounds"].sentence
