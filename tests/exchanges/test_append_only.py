"""History cannot be changed: not by the service, not by the owner of the tables, not by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from django.db import connection, transaction
from psycopg import sql

from compliance.exchanges.record import record
from compliance.kernel.actor import system
from compliance.oversight.act import record_act
from compliance.oversight.vocabulary import ActKind
from tests.exchanges.world import GATEWAY, report

if TYPE_CHECKING:
    from tests.clones import Clone

TABLES = {
    "ledger_entry": "leaf = leaf",
    "ledger_opening": "sealed = sealed",
    "ledger_person_key": "wrapped = wrapped",
    "exchanges_exchange": "verdict = verdict",
    "exchanges_correction": "correction = correction",
    "oversight_act": "reason = reason",
    "compliance_registerchange": "reason = reason",
    "compliance_authorisationversion": "reason = reason",
    "compliance_authorisationwithdrawal": "reason = reason",
    "compliance_authorisationsuspension": "reason = reason",
    "compliance_suspensionlifting": "reason = reason",
}
PARTITIONS = ("ledger_entry_y2016m03", "ledger_opening_y2016m03", "exchanges_exchange_y2016m03")
REFUSED = psycopg.errors.InsufficientPrivilege


def statements(table: str, change: str) -> list[sql.Composed]:
    """Return every way of changing history in this table."""
    name = sql.Identifier(table)
    return [
        sql.SQL("UPDATE {name} SET {change}").format(name=name, change=sql.SQL(change)),
        sql.SQL("DELETE FROM {name}").format(name=name),
        sql.SQL("TRUNCATE {name} CASCADE").format(name=name),
    ]


@pytest.fixture
def history(committed_world: None) -> None:
    """Keep a record, its correction and an act."""
    first = record(reports=[report()], reporter=GATEWAY)[0]
    record(reports=[report(message_reference="c", corrects=str(first.id))], reporter=GATEWAY)
    record_act(actor=system("test"), kind=ActKind.EXCHANGE_READ, object_id=first.id)


@pytest.mark.usefixtures("history")
@pytest.mark.parametrize("role", ["kbi_app", "kbi_owner", "postgres"])
def test_nothing_recorded_can_be_changed_by_any_role(clone: Clone, role: str) -> None:
    for connected in clone.connect_as(role):
        for table, change in TABLES.items():
            for statement in statements(table, change):
                with pytest.raises(REFUSED), connected.transaction():
                    connected.execute(statement)
        for partition in PARTITIONS:
            column = {"ledger_entry": "leaf", "ledger_opening": "sealed"}.get(partition.partition("_y")[0], "verdict")
            for statement in statements(partition, f"{column} = {column}"):
                with pytest.raises(REFUSED), connected.transaction():
                    connected.execute(statement)


@pytest.mark.usefixtures("history")
def test_the_service_can_neither_switch_off_the_triggers_nor_make_or_drop_tables() -> None:
    attempts = [
        "ALTER TABLE ledger_entry DISABLE TRIGGER ALL",
        "DROP TABLE ledger_entry",
        "CREATE TABLE mine (id int)",
        "SET session_replication_role = replica",
        "INSERT INTO ledger_entry_y2016m03 (id, log, recorded_at, leaf) VALUES (gen_random_uuid(), 1, now(), '')",
    ]
    for statement in attempts:
        with pytest.raises(Exception, match=r"permission denied|must be owner"), connection.cursor() as cursor:
            cursor.execute(statement)


@pytest.mark.usefixtures("world")
@pytest.mark.parametrize("month", ["1999-12-01", "2100-01-01"])
def test_no_partition_is_made_outside_the_years_that_may_be_recorded(month: str) -> None:
    with (
        pytest.raises(Exception, match="no partition may be made"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT make_month(%s::date)", [month])
