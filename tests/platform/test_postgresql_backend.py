"""A kept connection is asked whether it works once a second, and always after an error or an unasked word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import OperationalError, connection

if TYPE_CHECKING:
    import psycopg

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_fresh_connection_is_not_asked_again(django_assert_num_queries: object) -> None:
    connection.ensure_connection()

    with django_assert_num_queries(0):  # type: ignore[operator]  # the plugin's fixture
        assert connection.is_usable()


def test_a_connection_that_the_server_ended_is_found_out() -> None:
    with connection.cursor() as cursor, pytest.raises(OperationalError):
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")
    assert connection.errors_occurred
    assert not connection.is_usable()
    connection.close()


def test_a_connection_that_was_ended_unnoticed_is_found_out_within_the_second(
    superuser_connection: psycopg.Connection,
) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    ended = superuser_connection.execute("SELECT pg_terminate_backend(%s, 5000)", [backend]).fetchone()
    assert ended == (True,)
    assert not connection.is_usable()
    connection.close()
