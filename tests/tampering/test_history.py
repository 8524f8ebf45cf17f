"""Whoever rewrites the log's history is found by what stands outside: signatures, witnesses, kept checkpoints."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.ledger.stored_tiles import sealed_size
from tests.clones import Clone  # noqa: TC001 - a fixture's type
from tests.tampering.attacks import cut_off, deny, entry_at, grow_again, sign_again, state_heads
from tests.tampering.sealed_world import EXCHANGES, World, copy_database, exchanges

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    import psycopg

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]


def test_the_tail_deleted(world: World, attacker: psycopg.Connection) -> None:
    """Everything that is left fits together: only those who saw more know that there was more."""
    cut_off(attacker, world.held_size)
    failures = world.failures(held=True)
    assert set(failures) == {"signer-memory", "witness-memory"}
    assert failures["witness-memory"].count == 2
    cut_off(attacker, world.held_size - 40)
    assert "held-checkpoint" in world.failures(held=True)


def test_all_tiles_rebuilt_over_a_changed_past(world: World, attacker: psycopg.Connection) -> None:
    deny(attacker, entry_at(100))
    grow_again(attacker)
    failures = world.failures()
    assert set(failures) == {"head", "checkpoint-root", "signer-memory", "witness-memory"}
    assert failures["checkpoint-root"].index == 300


def test_all_tiles_and_heads_rebuilt_over_a_changed_past(world: World, attacker: psycopg.Connection) -> None:
    deny(attacker, entry_at(100))
    grow_again(attacker)
    state_heads(attacker, above=0)
    failures = world.failures(held=True)
    assert set(failures) == {"checkpoint-root", "held-checkpoint", "signer-memory", "witness-memory"}


def test_signed_again_with_the_stolen_key_after_the_held_checkpoint(
    world: World, attacker: psycopg.Connection, settings: Any
) -> None:
    """The attacker has the database, the log's key and the signer's machine. Only witnesses know better."""
    deny(attacker, entry_at(world.held_size + 20))
    grow_again(attacker)
    state_heads(attacker, above=world.held_size)
    sign_again(attacker, above=world.held_size)
    settings.SIGNER_URL = None  # its memory was taken too
    failures = world.failures(held=True)
    assert set(failures) == {"witness-memory"}
    settings.MAX_MERGE_DELAY_SECONDS = 0
    assert {"witness-memory", "quorum"} <= set(world.failures(held=True))


def test_a_signature_by_a_key_that_nobody_knows(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute(
        "UPDATE ledger_checkpoint SET note = replace(note, substr(note, length(note) - 20, 12), 'AAAAAAAAAAAA') "
        "WHERE log = %s AND size = %s",
        [EXCHANGES, world.held_size],
    )
    assert set(world.failures()) == {"checkpoint-signature"}


def test_a_cosignature_that_the_witness_never_gave(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute(
        "UPDATE ledger_cosignature AS one SET line = other.line FROM ledger_cosignature AS other "
        "WHERE one.log = %(log)s AND one.size = %(size)s AND one.witness = 'one' "
        "AND other.log = one.log AND other.witness = 'one' AND other.size = 300",
        {"log": EXCHANGES, "size": world.held_size},
    )
    failures = world.failures()
    assert set(failures) == {"quorum"}
    assert failures["quorum"].index == world.held_size


def test_a_timestamp_moved_to_another_checkpoint(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute(
        "UPDATE ledger_timestamp SET token = (SELECT token FROM ledger_timestamp ORDER BY size LIMIT 1) "
        "WHERE log = %s AND size = %s",
        [EXCHANGES, world.held_size],
    )
    failures = world.failures()
    assert set(failures) == {"timestamp"}


def test_a_head_that_says_another_time(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute(
        "UPDATE ledger_head SET sealed_at = sealed_at + interval '1 year' WHERE log = %s AND size = 300", [EXCHANGES]
    )
    assert set(world.failures()) == {"time-bounds"}


def test_a_tile_removed(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute("DELETE FROM ledger_tile WHERE log = %s AND level = 0 AND tile = 1", [EXCHANGES])
    failures = world.failures()
    assert "tiles" in failures
    assert failures["tiles"].index == 256


def backup(world: World, clone: Clone, tmp_path: Path) -> str:
    """Take a backup, then let life go on: more is recorded, sealed and published."""
    name = f"{clone.name}_backup"
    copy_database(clone, source=clone.name, target=name)
    exchanges(900, 30)
    world.seal()
    return name


def test_an_older_backup_restored(world: World, clone: Clone, tmp_path: Path) -> None:
    name = backup(world, clone, tmp_path)
    copy_database(clone, source=name, target=clone.name)
    failures = world.failures(held=True)
    assert set(failures) == {"signer-memory", "witness-memory"}
    assert f"the database has {sealed_size(EXCHANGES)} of them" in failures["signer-memory"].sentence


def test_an_older_backup_restored_and_gone_on_with(world: World, clone: Clone, tmp_path: Path, settings: Any) -> None:
    name = backup(world, clone, tmp_path)
    copy_database(clone, source=name, target=clone.name)
    exchanges(2000, 50)
    settings.SIGNER_URL = None
    world.seal()
    failures = world.failures(held=True)
    assert set(failures) == {"witness-memory"}
    assert "another history" in failures["witness-memory"].sentence
