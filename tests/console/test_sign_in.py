"""Signing in and out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from tests.cast import PASSWORD
from tests.console.reading import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from compliance.access.models import Account

pytestmark = pytest.mark.django_db
SIGN_IN = "/sign-in/"


@pytest.fixture
def visitor(cast: Mapping[str, Account]) -> Client:
    """Return the browser of somebody who has not signed in."""
    return Client(headers={"accept-language": "en"})


def test_the_right_password_leads_to_where_one_was_going_and_is_an_act(visitor: Client) -> None:
    asked = visitor.get("/exchanges/?partner=VDAB")
    assert asked.headers["Location"] == f"{SIGN_IN}?next=/exchanges/%3Fpartner%3DVDAB"
    typed = {"username": "officer", "password": PASSWORD, "next": "/exchanges/?partner=VDAB"}
    answer = visitor.post(SIGN_IN, typed)
    assert answer.headers["Location"] == "/exchanges/?partner=VDAB"
    assert list(Act.objects.values_list("kind", "actor")) == [(ActKind.SIGNED_IN, "officer")]


def test_the_browser_then_speaks_the_language_of_the_account(visitor: Client, cast: Mapping[str, Account]) -> None:
    cast["officer"].language = "fr"
    cast["officer"].save()
    visitor.post(SIGN_IN, {"username": "officer", "password": PASSWORD})
    assert "Ce qui demande attention" in words_of(visitor.get("/"))


@pytest.mark.parametrize("typed", [("officer", "wrong"), ("no-such-person", PASSWORD), ("officer", "")])
def test_a_refusal_does_not_tell_which_of_the_two_was_wrong(visitor: Client, typed: tuple[str, str]) -> None:
    answer = visitor.post(SIGN_IN, {"username": typed[0], "password": typed[1]})
    assert "This name and password do not belong together" in words_of(answer)
    assert typed[1] == "" or typed[1] not in answer.content.decode()
    assert not Act.objects.exists()


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(visitor: Client, elsewhere: str) -> None:
    answer = visitor.post(SIGN_IN, {"username": "officer", "password": PASSWORD, "next": elsewhere})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize(
    ("language", "words"), [("nl", "Te veel pogingen"), ("en", "Too many attempts"), ("fr", "Trop de tentatives")]
)
def test_after_five_wrong_passwords_the_door_is_closed_for_a_while_even_for_the_right_one(
    cast: Mapping[str, Account], language: str, words: str
) -> None:
    visitor = Client(headers={"accept-language": language})
    answers = [visitor.post(SIGN_IN, {"username": "officer", "password": "wrong"}) for _time in range(5)]
    answer = answers[-1]
    assert answer.status_code == 429
    assert words in words_of(answer)
    assert visitor.post(SIGN_IN, {"username": "officer", "password": PASSWORD}).status_code == 429


def test_signing_out_ends_the_session(visitor: Client) -> None:
    visitor.post(SIGN_IN, {"username": "officer", "password": PASSWORD})
    assert visitor.get("/").status_code == 200
    assert visitor.post("/sign-out/").headers["Location"] == SIGN_IN
    assert visitor.get("/").status_code == 302


def test_whoever_has_left_is_out_at_the_next_page(visitor: Client, cast: Mapping[str, Account]) -> None:
    visitor.post(SIGN_IN, {"username": "officer", "password": PASSWORD})
    cast["officer"].is_active = False
    cast["officer"].save()
    assert visitor.get("/").status_code == 302


def test_a_form_from_another_site_is_refused_with_words(cast: Mapping[str, Account]) -> None:
    strict = Client(enforce_csrf_checks=True, headers={"accept-language": "nl"})
    answer = strict.post(SIGN_IN, {"username": "officer", "password": PASSWORD})
    assert answer.status_code == 403
    assert "Dit formulier stond te lang open" in words_of(answer)
