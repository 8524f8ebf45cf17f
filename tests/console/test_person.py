"""Finding a person: asked in the body, for a reason, and kept nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection

from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from compliance.simulation.numbers import synthetic_insz
from tests.console.exchanges import DOSSIER, INSZ, USER, recorded, recorded_many
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from django.test import Client

    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
ADDRESS = "/exchanges/of-a-person/"
ASKED = {"kind": "insz", "value": INSZ, "organisation": "", "reason": "Case 2026/14, a complaint"}


@pytest.fixture
def officer(client_of: ClientOf) -> Client:
    """Return the officer's browser."""
    return client_of("officer")


def test_a_person_is_found_by_number_for_a_reason_that_is_recorded(officer: Client) -> None:
    about = recorded()
    other = recorded(message_reference="other", subjects=[{"kind": "insz", "value": synthetic_insz(2)}])
    links = addresses_in(officer.post(ADDRESS, ASKED))
    assert f"/exchanges/{about}/" in links
    assert f"/exchanges/{other}/" not in links
    act = Act.objects.get(kind=ActKind.PERSON_SEARCHED)
    assert (act.actor, act.reason) == ("officer", ASKED["reason"])


def test_the_number_stands_in_no_address_and_in_no_entry(officer: Client) -> None:
    recorded()
    answer = officer.post(ADDRESS, ASKED)
    assert not any(INSZ in address for address in addresses_in(answer))
    with connection.cursor() as cursor:
        cursor.execute("SELECT convert_from(leaf, 'UTF8') FROM ledger_entry")
        assert INSZ not in repr(cursor.fetchall())


@pytest.mark.parametrize(("kind", "value"), [("local", USER), ("dossier-reference", DOSSIER)], ids=["user", "dossier"])
def test_a_user_or_dossier_is_found_within_its_organisation(officer: Client, kind: str, value: str) -> None:
    number = recorded()
    asked = {**ASKED, "kind": kind, "value": value, "organisation": "VDAB"}
    assert f"/exchanges/{number}/" in addresses_in(officer.post(ADDRESS, asked))
    assert "No exchange about this person" in words_of(officer.post(ADDRESS, {**asked, "organisation": "VMSW"}))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"value": "12345678901"}, "check its eleven digits"),
        ({"value": ""}, "Give the number"),
        ({"reason": "because"}, "in at least ten characters"),
        ({"kind": "local", "value": USER}, "Say whose number it is"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_searched(
    officer: Client, changes: dict[str, str], words: str
) -> None:
    assert words in words_of(officer.post(ADDRESS, {**ASKED, **changes}))
    assert not Act.objects.filter(kind=ActKind.PERSON_SEARCHED).exists()


def test_more_than_a_page_goes_on_by_another_form(officer: Client) -> None:
    numbers = recorded_many(55)
    first = officer.post(ADDRESS, ASKED)
    assert f"/exchanges/{numbers[0]}/" not in addresses_in(first)
    second = officer.post(ADDRESS, {**ASKED, "before": str(numbers[5])})
    assert f"/exchanges/{numbers[0]}/" in addresses_in(second)
    assert f'name="before" value="{numbers[5]}"' in first.content.decode()
