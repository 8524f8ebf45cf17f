"""The desk of a partner: its own requests, and no trace of another's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.urls import reverse

from compliance.authorisations.requests.vocabulary import RequestState, Section
from compliance.authorisations.requests.write_message import write_message
from tests.authorisations.requests import asking
from tests.authorisations.requests.asking import again
from tests.console.reading import addresses_in, fields_in, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from compliance.access.models import Account
    from compliance.authorisations.requests.models import AuthorisationRequest
    from tests.console.conftest import ClientOf

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "standing", [asking.submitted, asking.advised, asking.granted, asking.signed, asking.live, asking.drafted]
)
def test_vmsw_finds_nothing_of_vdabs_request_at_any_stage(
    client_of: ClientOf, cast: Mapping[str, Account], standing: Callable[..., AuthorisationRequest]
) -> None:
    request, vmsw = standing(cast), client_of("vmsw-requester")
    nowhere = vmsw.get(reverse("portal-request", args=["AANVR-2026-9999"]))
    there = vmsw.get(reverse("portal-request", args=[request.code]))
    assert there.status_code == nowhere.status_code == 404
    assert words_of(there) == words_of(nowhere)
    for name, parts in (
        ("portal-request-act", ["withdraw"]),
        ("portal-request-act", ["nonsense"]),
        ("portal-request-message", []),
        ("portal-request-successor", ["renew"]),
    ):
        sent = {"why": "x", "message": "x", "step": "confirm"}
        assert vmsw.post(reverse(name, args=[request.code, *parts]), sent).status_code == 404
    for page in ("/portal/", "/portal/requests/"):
        assert request.code not in words_of(vmsw.get(page))
    assert again(request).state == request.state
    assert not request.requestmessages.exists()


def test_the_partners_data_protection_officer_advises_and_then_waits(
    client_of: ClientOf, cast: Mapping[str, Account]
) -> None:
    request, dpo = asking.submitted(cast), client_of("vdab-dpo")
    address = f"/portal/requests/{request.code}/"
    sent = {**fields_in(dpo.get(address), "advise"), "opinion": "positive", "advice": "Evenredig."}
    words = words_of(dpo.post(f"{address}act/advise/", sent, follow=True))
    assert "Your advice was recorded." in words
    assert "the advice of the data protection officer of Crossroads Bank for Civic Integration" in words


def test_a_requester_cannot_advise_nor_a_data_protection_officer_withdraw(
    client_of: ClientOf, cast: Mapping[str, Account]
) -> None:
    request = asking.submitted(cast)
    advised = client_of("vdab-requester").post(
        reverse("portal-request-act", args=[request.code, "advise"]), {"opinion": "positive", "advice": "x"}
    )
    withdrawn = client_of("vdab-dpo").post(
        reverse("portal-request-act", args=[request.code, "withdraw"]), {"why": "x", "step": "confirm"}
    )
    assert advised.status_code == withdrawn.status_code == 403
    assert again(request).state == RequestState.SUBMITTED


def test_a_returned_request_says_what_is_asked_and_leads_to_where_it_is_written(
    client_of: ClientOf, cast: Mapping[str, Account]
) -> None:
    request = asking.submitted(cast)
    client_of("officer").post(
        reverse("request-act", args=[request.code, "return"]), {"questions": "Leg uit waarom 24 maanden."}
    )
    page = client_of("vdab-requester").get(reverse("portal-request", args=[request.code]))
    assert "Leg uit waarom 24 maanden." in words_of(page)
    assert reverse("portal-request-review", args=[request.code]) in addresses_in(page)


def test_a_draft_is_read_where_it_is_written(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    request = asking.drafted(cast)
    answer = client_of("vdab-dpo").get(reverse("portal-request", args=[request.code]))
    assert answer.headers["Location"] == reverse("portal-request-review", args=[request.code])


def test_a_partner_begins_with_what_waits_and_with_open_questions(
    client_of: ClientOf, cast: Mapping[str, Account]
) -> None:
    request = asking.submitted(cast)
    write_message(
        request=request, account=cast["officer"], section=Section.DATA, message="Hebt u dit nodig?", is_question=True
    )
    page = client_of("vdab-dpo").get("/portal/")
    assert "Open questions for you" in words_of(page)
    assert "Hebt u dit nodig?" in words_of(page)
    assert f"/portal/requests/{request.code}/#thread-data" in addresses_in(page)
    assert "Hebt u dit nodig?" not in words_of(client_of("vmsw-requester").get("/portal/"))
    assert "Hebt u dit nodig?" not in words_of(client_of("officer").get("/"))  # it is the partner's to answer


def test_partners_do_not_read_of_oversight(client_of: ClientOf, cast: Mapping[str, Account]) -> None:
    page = client_of("vdab-dpo").get(reverse("portal-request", args=[asking.advised(cast).code]))
    assert not [one for one in addresses_in(page) if "oversight" in one or "what-if" in one]
