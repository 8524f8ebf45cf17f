"""The language and the colours in which a person reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from tests.console.reading import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db


def test_a_chosen_language_stays_with_the_account(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    officer = client_of("officer")
    answer = officer.post("/preferences/language", {"language": "fr", "next": "/exchanges/?verdict=expired"})
    assert answer.headers["Location"] == "/exchanges/?verdict=expired"
    assert "Ce qui demande attention" in words_of(officer.get("/"))
    cast["officer"].refresh_from_db()
    assert cast["officer"].language == "fr"


def test_somebody_who_has_not_signed_in_may_choose_a_language_too(register: None) -> None:
    visitor = Client(headers={"accept-language": "nl"})
    visitor.post("/preferences/language", {"language": "en"})
    assert "Sign in" in words_of(visitor.get("/sign-in/"))


def test_chosen_colours_are_in_the_first_byte_of_the_page(client_of: ClientOf) -> None:
    officer = client_of("officer")
    assert 'data-theme="auto"' in officer.get("/").content.decode()
    officer.post("/preferences/theme", {"theme": "dark"})
    assert 'data-theme="dark"' in officer.get("/").content.decode()


@pytest.mark.parametrize(
    ("address", "chosen"), [("language", {"language": "de"}), ("theme", {"theme": "pink"}), ("theme", {})]
)
def test_what_does_not_exist_cannot_be_chosen(register: None, address: str, chosen: dict[str, str]) -> None:
    assert Client().post(f"/preferences/{address}", chosen).status_code == 400


def test_choosing_never_leads_to_another_site(register: None) -> None:
    answer = Client().post("/preferences/theme", {"theme": "dark", "next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"
