"""The start pages say what needs attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("username", "words"),
    [
        ("officer", "What needs attention"),
        ("auditor", "Find, export, prove"),
        ("operator", "How the service does"),
        ("nobody", "You are signed in, but have no role yet"),
    ],
)
def test_each_role_reads_its_own_first_page(client_of: ClientOf, username: str, words: str) -> None:
    assert words in client_of(username).get("/").content.decode()
