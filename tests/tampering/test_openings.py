"""Vanished, resurrected, and not what was committed to: three results that are told apart."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tampering.attacks import entry_at, put_back
from tests.tampering.sealed_world import EXCHANGES

if TYPE_CHECKING:
    import psycopg

    from tests.tampering.sealed_world import World

pytestmark = [pytest.mark.alone, pytest.mark.django_db(transaction=True)]


def test_an_opening_that_vanished(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute("DELETE FROM ledger_opening WHERE id = %s AND position = 0", [entry_at(4)])
    failures = world.failures()
    assert set(failures) == {"vanished"}
    assert failures["vanished"].index == 4
    assert "nobody erased it" in failures["vanished"].sentence


def test_an_opening_that_vanished_with_a_row_that_says_it_was_erased(
    world: World, attacker: psycopg.Connection
) -> None:
    attacker.execute("DELETE FROM ledger_opening WHERE id = %s AND position = 0", [entry_at(4)])
    attacker.execute(
        "INSERT INTO ledger_erasure (xid, at, id, entry, log, position, fields) "
        "SELECT xid, at, %s, entry, log, 0, '{}' FROM ledger_erasure LIMIT 1",
        [entry_at(4)],
    )
    assert set(world.failures()) == {"erasures"}


def test_an_erased_opening_resurrected(world: World, attacker: psycopg.Connection) -> None:
    """From a backup: the opening as it was, and the key that opens it."""
    put_back(attacker, world)
    failures = world.failures()
    assert set(failures) == {"resurrected"}
    assert "which was erased" in failures["resurrected"].sentence


def test_an_opening_put_under_another_person(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute("UPDATE ledger_opening SET dossier_lookup = NULL WHERE id = %s", [entry_at(4)])
    failures = world.failures()
    assert set(failures) == {"openings"}
    assert "found under another name" in failures["openings"].sentence


def test_openings_exchanged(world: World, attacker: psycopg.Connection) -> None:
    one, other = entry_at(4), entry_at(6)
    attacker.execute(
        "UPDATE ledger_opening a SET sealed = b.sealed, lookup = b.lookup FROM ledger_opening b "
        "WHERE a.id = %s AND b.id = %s AND a.position = -1 AND b.position = -1",
        [one, other],
    )
    failures = world.failures()
    assert set(failures) == {"openings"}
    assert failures["openings"].index == 4


def test_a_key_thrown_away(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute(
        "DELETE FROM ledger_person_key WHERE lookup = ("
        "SELECT lookup FROM ledger_opening WHERE id = %s AND position = 0)",
        [entry_at(4)],
    )
    assert set(world.failures()) == {"openings"}


def test_an_opening_of_nothing(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute(
        "INSERT INTO ledger_opening (id, log, position, sealed) "
        "VALUES ('01533167-0000-7000-8000-000000000000', %s, -2, '')",
        [EXCHANGES],
    )
    assert set(world.failures()) == {"openings"}


def test_a_decision_to_erase_that_nobody_recorded(world: World, attacker: psycopg.Connection) -> None:
    attacker.execute("DELETE FROM ledger_erasure WHERE fields = '{dossier}'")
    assert set(world.failures()) == {"erasures", "vanished"}
