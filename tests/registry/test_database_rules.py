"""The database itself refuses what must never happen to the register, whoever asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import pytest
from django.db import connection
from django.db.utils import DatabaseError

if TYPE_CHECKING:
    from psycopg import Connection

CODED = ("organisation", "route", "datacategory", "service", "purpose", "legalbasis", "authorisation")
APPENDED = (
    "registerchange",
    "authorisationversion",
    "authorisationwithdrawal",
    "authorisationsuspension",
    "suspensionlifting",
)


@pytest.mark.django_db
@pytest.mark.parametrize("table", [*CODED, *APPENDED])
def test_the_service_cannot_delete(table: str) -> None:
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM compliance_{table}")  # noqa: S608 - our own words


@pytest.mark.django_db
@pytest.mark.parametrize("table", CODED)
def test_the_service_cannot_change_a_code(table: str) -> None:
    with pytest.raises(DatabaseError, match="never changes"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE compliance_{table} SET code = code || '-X'")  # noqa: S608 - our own words


@pytest.mark.django_db
@pytest.mark.parametrize("table", APPENDED)
def test_the_service_cannot_change_history(table: str) -> None:
    with pytest.raises(DatabaseError, match=r"append-only|permission denied"), connection.cursor() as cursor:
        cursor.execute(f"UPDATE compliance_{table} SET reason = 'another'")  # noqa: S608 - our own words


@pytest.mark.parametrize("role", ["owner_connection", "superuser_connection"])
def test_not_even_the_owner_or_a_superuser_can(role: str, request: pytest.FixtureRequest) -> None:
    connected: Connection = request.getfixturevalue(role)
    statements = [f"DELETE FROM compliance_{table}" for table in (*CODED, *APPENDED)]  # noqa: S608 - our own words
    statements += [f"TRUNCATE compliance_{table} CASCADE" for table in (*CODED, *APPENDED)]
    statements += [f"UPDATE compliance_{table} SET code = code || '-X'" for table in CODED]  # noqa: S608 - the same
    statements += [f"UPDATE compliance_{table} SET reason = 'another'" for table in APPENDED]  # noqa: S608 - the same
    for statement in statements:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connected.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table",
    [
        "connectionperiod",
        "processingmandate",
        "controllerperiod",
        "footnote",
        "publishedfigure",
        "officehours",
        "closingperiod",
    ],
)
def test_the_service_cannot_delete_what_has_no_code(table: str) -> None:
    with pytest.raises(DatabaseError, match=r"append-only"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM compliance_{table}")  # noqa: S608 - our own words


@pytest.mark.django_db
def test_the_database_refuses_two_controllers_at_a_time() -> None:
    with pytest.raises(DatabaseError, match="one_controller"), connection.cursor() as cursor:
        cursor.execute("UPDATE compliance_controllerperiod SET valid_until = NULL")
