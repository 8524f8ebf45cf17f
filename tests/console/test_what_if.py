"""What if a request had been granted: shown to those who decide, and how far it looked."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from compliance.authorisations.models import Authorisation
from compliance.authorisations.requests.vocabulary import RequestKind
from compliance.console.views import what_if
from compliance.oversight.models import Act
from compliance.oversight.vocabulary import ActKind
from compliance.statistics.models import MonthCount
from tests.authorisations.requests.asking import submitted
from tests.console.exchanges import VMSW, recorded
from tests.console.figures import counted
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test import Client

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
MARCH = "?from=2016-03&to=2016-03"


@pytest.fixture
def address(cast: Mapping[str, Account]) -> str:
    """Return the page of a submitted amendment of VDAB's: dossiers, with identification and trajectory alone."""
    machtiging = Authorisation.objects.get(code="VTC-VB-2014-01")
    return f"/requests/{submitted(cast, kind=RequestKind.AMENDMENT, of=machtiging).code}/what-if/"


@pytest.fixture
def officer(client_of: ClientOf) -> Client:
    """Return the officer's browser."""
    return client_of("officer")


def test_what_would_lose_and_gain_cover_is_listed_with_reasons_and_some_of_them(officer: Client, address: str) -> None:
    lost = recorded(message_reference="lost", categories_requested=["IDENTIFICATION", "COUNSELLOR"])
    gained = recorded(message_reference="gained", service={"code": "KBI-DOSSIER", "version": "2.0"})
    recorded(message_reference="same")
    recorded(**VMSW)
    page = officer.get(f"{address}{MARCH}")
    words = words_of(page)
    assert "Covered, and no longer if it had stood 1" in words
    assert "Not covered, and covered if it had stood 1" in words
    assert "3 exchanges in production were judged again, from 1 March 2016 to 31 March 2016." in words
    assert "category outside Counsellor" in words
    assert "service outside" in words
    assert {f"/exchanges/{lost}/", f"/exchanges/{gained}/"} <= set(addresses_in(page))


def test_that_exchanges_were_named_is_recorded(officer: Client, address: str) -> None:
    officer.get(address)
    assert not Act.objects.filter(kind=ActKind.EXCHANGES_LISTED).exists(), "nothing is judged before it is asked"
    officer.get(f"{address}{MARCH}")
    assert Act.objects.get(kind=ActKind.EXCHANGES_LISTED).actor == "officer"


def test_the_newest_months_of_the_partner_are_proposed(officer: Client, address: str) -> None:
    counted(MonthCount, partner="VDAB", count=1)
    assert 'value="2016-01"' in officer.get(address).content.decode()


def test_the_page_says_how_far_it_looked(officer: Client, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(what_if, "MOST", 1)
    recorded(message_reference="first")
    recorded(message_reference="second", started_at="2016-03-14T09:00:00Z", ended_at=None)
    words = words_of(officer.get(f"{address}{MARCH}"))
    assert "stopped at 14 March 2016, 10:00" in words
    assert "1 exchange in production was judged again, from 1 March 2016 to 14 March 2016." in words


@pytest.mark.parametrize("period", ["?from=2016-03&to=2016-01", "?from=2015-01&to=2016-01", "?from=maart&to=2016-01"])
def test_a_period_that_is_none_or_too_long_is_refused_beside_the_field(
    officer: Client, address: str, period: str
) -> None:
    answer = officer.get(f"{address}{period}")
    assert answer.status_code == 400
    assert b"errorlist" in answer.content


def test_only_those_who_see_all_exchanges_may_ask(client_of: ClientOf, address: str) -> None:
    assert client_of("auditor").get(address).status_code == 200
    for username in ("operator", "vdab-requester", "vdab-dpo", "vmsw-requester", "nobody"):
        assert client_of(username).get(f"{address}{MARCH}").status_code == 403
