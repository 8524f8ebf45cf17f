"""A partner sees its own use of what names it, and nothing of another's."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.kernel.clock import now
from compliance.kernel.errors import NotFoundError
from compliance.notices.models import Notice
from compliance.reporting.authorisation_use.unused import unused_categories
from compliance.statistics.vocabulary import UseKind
from tests.console.reading import words_of
from tests.console.test_authorisations import instrument
from tests.console.uses import VDAB, quarter_of_vdab, used

if TYPE_CHECKING:
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db
PAGE = f"/portal/authorisations/{VDAB}/use/"
DRAFT = f"{PAGE}amendment"


def test_the_own_use_is_there(client_of: ClientOf) -> None:
    quarter_of_vdab()
    for username in ("vdab-requester", "vdab-dpo"):
        assert "1,234 given: 1,200" in words_of(client_of(username).get(PAGE))


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}?quarter=2016-Q1&partner=VDAB"])
def test_anothers_use_looks_the_same_as_none(client_of: ClientOf, address: str) -> None:
    quarter_of_vdab()
    vmsw = client_of("vmsw-requester")
    there, nowhere = vmsw.get(address), vmsw.get("/portal/authorisations/NO-SUCH/use/")
    assert there.status_code == nowhere.status_code == 404
    assert words_of(there) == words_of(nowhere)
    assert vmsw.post(DRAFT, {"leave_out": "on"}).status_code == 404


def test_of_what_both_may_use_each_sees_only_its_own(client_of: ClientOf) -> None:
    made = instrument(
        recipients=["VDAB", "VMSW"], services=["KBI-DOSSIER"], categories=["IDENTIFICATION", "TRAJECTORY"]
    )
    january: dict[str, Any] = {"authorisation": f"{made.code}/1", "month": date(2026, 1, 1)}
    used(UseKind.EXCHANGE, count=123_456, **january)
    used(UseKind.REQUESTED, "TRAJECTORY", count=123_456, **january)
    used(UseKind.EXCHANGE, count=77_777, environment="acceptance", **january)
    used(UseKind.EXCHANGE, count=5, partner="VMSW", **january)
    used(UseKind.REQUESTED, "IDENTIFICATION", count=5, partner="VMSW", **january)
    address = f"/portal/authorisations/{made.code}/use/?quarter=2026-Q1"
    for query in ("", "&partner=VDAB"):
        page = client_of("vmsw-requester").get(f"{address}{query}").content.decode().replace("partner=VDAB", "")
        for trace in ("VDAB", "123,456", "123,461", "77,777"):
            assert trace not in page
    words = words_of(client_of("vmsw-requester").get(address))
    assert "5 exchanges in production" in words
    assert "protocol of your own" in words


def test_a_requester_drafts_in_one_click(client_of: ClientOf) -> None:
    used(UseKind.EXCHANGE, authorisation=f"{VDAB}/2", month=date(2018, 11, 1))
    used(UseKind.REQUESTED, "IDENTIFICATION", authorisation=f"{VDAB}/2", month=date(2018, 11, 1))
    requester = client_of("vdab-requester")
    assert "Draft the amendment" in words_of(requester.get(PAGE))
    answer = requester.post(f"{DRAFT}?quarter=2018-Q4", {"leave_out": "on"}, follow=True)
    request = AuthorisationRequest.objects.get()
    assert answer.redirect_chain[0][0] == f"/portal/requests/{request.code}/"
    assert request.said.categories == ("IDENTIFICATION",)
    assert not Notice.objects.exists(), "who drafts it knows"
    assert "Draft the amendment" not in words_of(client_of("vdab-dpo").get(PAGE))
    assert request.code not in words_of(client_of("vdab-dpo").get(f"{PAGE}?drafted={request.code}"))


def test_unused_categories_are_those_of_twelve_months(register: None) -> None:
    made = instrument(categories=["IDENTIFICATION", "CONTACT", "CONTRACT", "TRAJECTORY"])
    at = now().replace(year=2028, month=3, day=15)
    january: dict[str, Any] = {"authorisation": f"{made.code}/1"}
    used(UseKind.EXCHANGE, month=date(2028, 3, 1), **january)
    used(UseKind.REQUESTED, "IDENTIFICATION", month=date(2028, 3, 1), **january)
    used(UseKind.DELIVERED, "CONTACT", month=date(2027, 3, 1), **january)
    used(UseKind.REQUESTED, "CONTRACT", month=date(2027, 2, 1), **january)
    used(UseKind.REQUESTED, "TRAJECTORY", month=date(2028, 2, 1), verdict="expired", **january)
    used(UseKind.REQUESTED, "TRAJECTORY", month=date(2028, 2, 1), environment="test", **january)
    found = unused_categories(authorisation=made.code, partner="VDAB", at=at)
    assert found == (("CONTRACT", "TRAJECTORY"), 4, 10, date(2027, 3, 1))
    young = unused_categories(authorisation=made.code, partner="VDAB", at=at.replace(year=2026, month=6))
    assert (young.exchanges, young.since) == (0, date(2026, 1, 1))
    for authorisation, partner in ((made.code, "VMSW"), ("NO-SUCH", "VDAB")):
        with pytest.raises(NotFoundError):
            unused_categories(authorisation=authorisation, partner=partner, at=at)
