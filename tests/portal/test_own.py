"""A partner's people see their own organisation's rows, and cannot tell another's from nothing."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.urls import reverse
from django.utils.html import escape

from compliance.statistics.models import HourCount, MonthCount
from tests.console.exchanges import INSZ, VMSW, recorded
from tests.console.figures import counted
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from uuid import UUID

    from django.test import Client

    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db


@pytest.fixture
def of_vdab() -> UUID:
    """Record an exchange of VDAB's, and count some."""
    counted(MonthCount, partner="VDAB", count=123_456)
    counted(HourCount, partner="VDAB", verdict="expired", count=77)
    return recorded()


@pytest.fixture
def vmsw(client_of: ClientOf) -> Client:
    """Return the browser of vmsw-requester, who must see nothing of VDAB's."""
    return client_of("vmsw-requester")


@pytest.mark.parametrize(
    "address",
    [
        "/portal/",
        "/portal/exchanges/",
        "/portal/exchanges/?partner=VDAB",
        "/portal/exchanges/?reference=VDAB-160312-0001",
        "/portal/exchanges/?verdict=not-covered",
        "/portal/statistics/?from=2016-01&to=2016-12",
        "/portal/statistics/file/csv?from=2016-01&to=2016-12",
        "/portal/statistics/file/json?from=2016-01&to=2016-12",
        "/portal/authorisations/",
    ],
)
def test_vmsw_sees_nothing_of_vdab(vmsw: Client, of_vdab: UUID, address: str) -> None:
    answer = vmsw.get(address)
    assert answer.status_code == 200
    page = answer.content.decode().replace(escape(address), "")  # what was typed may stand there
    page = re.sub(r'name="reference" value="[^"]*"|reference: [^<]*', "", page)
    for trace in ("VDAB", str(of_vdab), "123,456", "123456"):
        assert trace not in page


@pytest.mark.parametrize("username", ["vmsw-requester"])
def test_anothers_exchange_looks_the_same_as_none(client_of: ClientOf, of_vdab: UUID, username: str) -> None:
    client = client_of(username)
    there = client.get(reverse("portal-exchange", args=[of_vdab]))
    nowhere = client.get(reverse("portal-exchange", args=["0159490e-d214-74f9-81e7-978cbeb1e80e"]))
    assert there.status_code == nowhere.status_code == 404
    assert words_of(there) == words_of(nowhere)


def test_anothers_authorisation_looks_the_same_as_none(vmsw: Client) -> None:
    there = vmsw.get(reverse("portal-authorisation", args=["VTC-VB-2014-01", 1]))
    nowhere = vmsw.get(reverse("portal-authorisation", args=["NO-SUCH", 1]))
    assert there.status_code == nowhere.status_code == 404
    assert words_of(there) == words_of(nowhere)


def test_the_own_exchanges_verdicts_and_figures_are_there(client_of: ClientOf, of_vdab: UUID) -> None:
    client = client_of("vdab-requester")
    start = client.get("/portal/")
    assert "77" in words_of(start)
    assert "123,456" in words_of(start)
    assert f"/portal/exchanges/{of_vdab}/" in addresses_in(start)
    assert f"/portal/exchanges/{of_vdab}/" in addresses_in(client.get("/portal/exchanges/"))
    assert "Authorisation for job mediation by VDAB" in words_of(client.get("/portal/authorisations/"))


def test_only_the_own_column_is_in_the_figures(client_of: ClientOf, of_vdab: UUID) -> None:
    counted(MonthCount, partner="VMSW", count=654_321)
    words = words_of(client_of("vdab-requester").get("/portal/statistics/?from=2016-01&to=2016-12"))
    assert "123,456" in words
    assert "654,321" not in words
    assert "777,777" not in words  # the total of both


def test_a_partners_data_protection_officer_may_see_an_identity_a_requester_may_not(
    client_of: ClientOf, of_vdab: UUID
) -> None:
    address = reverse("portal-identity", args=[of_vdab])
    reason = {"reason": "A question of the person concerned"}
    shown = client_of("vdab-dpo").post(address, reason)
    assert INSZ[-2:] in words_of(shown)
    assert shown.status_code == 200
    refused = client_of("vdab-requester").post(address, reason)
    assert refused.status_code == 403
    assert "Your role does not give access to identities." in words_of(
        client_of("vdab-requester").get(reverse("portal-exchange", args=[of_vdab]))
    )


def test_partners_do_not_see_who_of_the_bank_looked(client_of: ClientOf, of_vdab: UUID) -> None:
    client_of("officer").get(reverse("exchange", args=[of_vdab]))
    words = words_of(client_of("vdab-dpo").get(reverse("portal-exchange", args=[of_vdab])))
    assert "Who looked before" not in words
    assert "Looked at one exchange" not in words


def test_an_exchange_of_an_organisation_behind_a_vendor_belongs_to_that_organisation(vmsw: Client) -> None:
    own = recorded(**{**VMSW, "asker": {"organisation": "LEVERANCIER-A", "on_behalf_of": "VMSW"}})
    assert f"/portal/exchanges/{own}/" in addresses_in(vmsw.get("/portal/exchanges/"))
