"""The test fixtures keep their own promises."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

if TYPE_CHECKING:
    import psycopg
    from playwright.sync_api import Page


@pytest.mark.django_db
def test_tests_run_as_the_role_of_the_service() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, pg_has_role('kbi_owner', 'MEMBER')")
        assert cursor.fetchone() == ("kbi_app", False)


@pytest.mark.parametrize("_time", [1, 2])
def test_what_a_test_commits_is_gone_in_the_next(owner_connection: psycopg.Connection, _time: int) -> None:
    owner_connection.execute("CREATE TABLE left_behind ()")


@pytest.mark.browser
@pytest.mark.parametrize("_time", [1, 2])
def test_a_browser_reaches_the_web_server(page: Page, _time: int) -> None:
    response = page.goto("/health/ready")
    assert response is not None
    assert response.status == 200
