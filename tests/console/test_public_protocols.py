"""The public register: anyone reads what was published, nothing else, and no figure that could point at a person."""

from __future__ import annotations

import json
from datetime import date
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from compliance.authorisations.models import Authorisation
from compliance.authorisations.requests.protocol import from_text
from compliance.authorisations.requests.sign import text_to_sign
from compliance.authorisations.requests.vocabulary import RequestKind
from compliance.authorisations.requests.withdraw_request import withdraw_request
from compliance.authorisations.suspend import suspend
from compliance.kernel.clock import now
from compliance.statistics.models import VersionUse
from compliance.statistics.vocabulary import UseKind
from tests.authorisations.requests import asking
from tests.console.reading import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.test.client import _MonkeyPatchedWSGIResponse as Answer
    from pytest_django import DjangoAssertNumQueries

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db

OLD = "VTC-VB-2014-01"
PUBLIC = ("protocol", "protocol-jsonld", "protocol-policy", "protocol-pdf", "protocol-text")


@pytest.fixture
def live(cast: Mapping[str, Account]) -> AuthorisationRequest:
    """Bring a protocol of VDAB's into production."""
    return asking.live(cast)


def _get(name: str, *parts: object, language: str = "en", **headers: str) -> Answer:
    return Client(headers={"accept-language": language, **headers}).get(reverse(name, args=parts))


def _code(request: AuthorisationRequest) -> str:
    assert request.granted is not None
    return request.granted.code


def test_anyone_reads_a_published_protocol_in_every_form(live: AuthorisationRequest) -> None:
    page = words_of(_get("protocol", _code(live)))
    for told in ("VDAB", "Identification", "in use", *_articles(live), "dpo@vdab.example", "Evenredig en goed"):
        assert told in page, told
    for name in PUBLIC:
        assert _get(name, _code(live)).status_code == 200, name
    assert _code(live) in words_of(_get("protocols"))


def test_what_is_not_published_is_not_there(cast: Mapping[str, Account]) -> None:
    signed = asking.signed(cast)
    for name in PUBLIC:
        assert _get(name, _code(signed)).status_code == 404, name
        assert _get(name, OLD).status_code == 404, "a protocol from before requests"
    listed = _get("protocols").content.decode() + _get("protocols-catalogue").content.decode()
    assert _code(signed) not in listed
    assert "VDAB" not in listed


def test_the_text_handed_out_is_the_one_that_was_signed(live: AuthorisationRequest) -> None:
    text = _get("protocol-text", _code(live)).content
    signature = live.requestsignatures.first()
    assert signature is not None
    assert sha256(text).hexdigest() == signature.text.protocol_digest


def test_no_name_of_who_signed_or_advised_is_shown(live: AuthorisationRequest) -> None:
    everything = "".join(_get(name, _code(live)).content.decode("latin-1") for name in PUBLIC)
    signed = {one.by for one in live.requestsignatures.all()} | {one.by for one in live.requestadvices.all()}
    assert signed == {"officer", "second-officer", "vdab-requester", "vdab-dpo"}
    for username in signed - {"officer"}:  # which is a word of the page too
        assert username not in everything


def test_an_ended_protocol_stays_and_says_so(live: AuthorisationRequest, cast: Mapping[str, Account]) -> None:
    withdraw_request(request=live, account=cast["officer"], why="De samenwerking is gestopt.")
    assert "ended" in words_of(_get("protocol", _code(live)))
    assert "De samenwerking is gestopt" not in words_of(_get("protocol", _code(live)))


def test_a_suspended_protocol_says_that_nothing_is_exchanged(
    live: AuthorisationRequest, cast: Mapping[str, Account]
) -> None:
    assert live.granted is not None
    suspend(authorisation=live.granted, suspended_from=now(), actor=cast["officer"].actor, reason="Een onderzoek.")
    page = words_of(_get("protocol", _code(live)))
    assert "This protocol is suspended" in page
    assert "Een onderzoek" not in page


def test_an_amendment_is_a_further_edition_and_the_earlier_stays(cast: Mapping[str, Account]) -> None:
    first = asking.live(cast)
    earlier = _get("protocol-text", _code(first)).content
    asking.live(cast, kind=RequestKind.AMENDMENT, of=first.granted)

    assert "Edition 2" in words_of(_get("protocol", _code(first)))
    assert _get("protocol-edition-text", _code(first), 1).content == earlier
    assert _get("protocol-text", _code(first)).content != earlier
    assert "not the edition that holds" in words_of(_get("protocol-edition", _code(first), 1))
    assert _get("protocol-edition", _code(first), 3).status_code == 404


def test_exchanges_are_counted_by_month_and_small_counts_are_in_no_figure(cast: Mapping[str, Account]) -> None:
    asking.live(cast, kind=RequestKind.AMENDMENT, of=Authorisation.objects.get(code=OLD))
    counted = {1: 51_243, 2: 9, 3: 40_000, 4: 0, 5: 1}
    for month, count in counted.items():
        _used(date(2016, month, 1), count)
    _used(date(2016, 1, 1), 77_777, environment="test")
    _used(date(2016, 1, 1), 66_666, verdict="category-outside")

    page = words_of(_get("protocol", OLD))
    assert "2016 at least 91,243" in page
    assert "March 2016 40,000" in page
    assert "February 2016 fewer than 10" in page
    for derivable in ("91,253", "91,252", "77,777", "129,020", "66,666"):
        assert derivable not in page


def test_the_present_month_is_not_counted(cast: Mapping[str, Account]) -> None:
    asking.live(cast, kind=RequestKind.AMENDMENT, of=Authorisation.objects.get(code=OLD))
    _used(now().date().replace(day=1), 123_456)
    assert "123,456" not in words_of(_get("protocol", OLD))


def test_it_can_be_kept_by_caches_and_found_by_search_engines(live: AuthorisationRequest) -> None:
    for answer in (_get("protocols"), *(_get(name, _code(live)) for name in PUBLIC)):
        assert "public" in answer.headers["Cache-Control"]
        assert "max-age=300" in answer.headers["Cache-Control"]
        assert {"Accept-Language", "Accept"} <= {one.strip() for one in answer.headers["Vary"].split(",")}
        assert not answer.cookies
    page = _get("protocol", _code(live))
    assert 'content="index, follow"' in page.content.decode()
    again = _get("protocol", _code(live), **{"if-none-match": page.headers["ETag"]})
    assert again.status_code == 304
    assert "noindex" in _get("login").content.decode()


def test_it_is_the_same_page_for_whoever_is_signed_in(live: AuthorisationRequest, client_of: ClientOf) -> None:
    address = reverse("protocol", args=[_code(live)])
    assert client_of("officer").get(address).content == Client(headers={"accept-language": "en"}).get(address).content


@pytest.mark.parametrize(("asked", "spoken"), [("fr", "fr"), ("en", "en"), ("xx", "nl")])
def test_the_address_can_name_the_language_and_its_links_go_on_in_it(
    live: AuthorisationRequest, asked: str, spoken: str
) -> None:
    answer = Client(headers={"accept-language": "nl"}).get(f"{reverse('protocols')}?language={asked}")
    page = answer.content.decode()
    assert answer.headers["Content-Language"] == spoken
    assert f'<html lang="{spoken}"' in page
    assert (f"{reverse('protocol', args=[_code(live)])}?language={spoken}" in page) is (asked == spoken)


def test_the_list_is_searched_by_partner_purpose_category_and_words(live: AuthorisationRequest) -> None:
    for query, found in (
        ("partner=VDAB", True),
        ("purpose=JOB-MEDIATION&category=IDENTIFICATION", True),
        ("q=arbeids+vdab", True),
        ("state=in-use", True),
        ("q=huisvesting", False),
        ("state=ended", False),
        ("partner=NONSENSE", True),
    ):
        answer = Client(headers={"accept-language": "en"}).get(f"{reverse('protocols')}?{query}")
        assert (_code(live) in answer.content.decode()) is found, query


def test_a_program_that_prefers_json_ld_gets_it(live: AuthorisationRequest) -> None:
    answer = _get("protocol", _code(live), accept="application/ld+json")
    assert answer.headers["Content-Type"] == "application/ld+json"
    assert json.loads(answer.content)["dct:identifier"] == _code(live)
    assert _get("protocols", accept="application/ld+json, text/html;q=0.5").headers["Content-Type"] == (
        "application/ld+json"
    )


def test_a_pdf_is_made_once_and_stays_the_same(live: AuthorisationRequest) -> None:
    first = _get("protocol-pdf", _code(live)).content
    assert _get("protocol-edition-pdf", _code(live), 1).content == first
    cache.clear()
    assert _get("protocol-pdf", _code(live)).content == first


def test_vmsw_sees_what_is_public_and_nothing_that_is_not(cast: Mapping[str, Account], client_of: ClientOf) -> None:
    published, hidden = asking.live(cast), asking.signed(cast)
    vmsw = client_of("vmsw-requester")
    assert vmsw.get(reverse("protocol", args=[_code(published)])).status_code == 200
    assert hidden.granted is not None
    for address in (
        reverse("portal-request-protocol-pdf", args=[hidden.code]),
        reverse("portal-request-protocol-pdf", args=[published.code]),
        reverse("portal-authorisation-policy", args=[hidden.granted.code, 1]),
        reverse("protocol", args=[hidden.granted.code]),
    ):
        assert vmsw.get(address).status_code == 404, address
    assert hidden.granted.code not in vmsw.get(reverse("protocols")).content.decode()


def test_a_list_takes_the_same_queries_whatever_its_length(
    cast: Mapping[str, Account], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _number in range(2):
        asking.live(cast)
    with django_assert_max_num_queries(7):  # requests, versions, withdrawals, suspensions; three kinds of names
        Client().get(reverse("protocols"))


def _articles(request: AuthorisationRequest) -> list[str]:
    return [article.heading for article in from_text(text_to_sign(request).protocol).articles]


def _used(month: date, count: int, *, environment: str = "production", verdict: str = "covered") -> None:
    VersionUse.objects.create(
        authorisation=f"{OLD}/1",
        partner="VDAB",
        month=month,
        environment=environment,
        verdict=verdict,
        kind=UseKind.EXCHANGE,
        code="",
        count=count,
    )
