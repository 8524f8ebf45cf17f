"""Asking for an authorisation is filling in a form that loses nothing, proposes what it knows, and says what lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from django.urls import reverse

from compliance.authorisations.models import Authorisation
from compliance.authorisations.requests.content import content_digest, part_of, with_part
from compliance.authorisations.requests.draft_request import draft_request
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.return_request import return_request
from compliance.authorisations.requests.save_section import save_section
from compliance.authorisations.requests.vocabulary import RequestKind, RequestState, Section
from compliance.authorisations.requests.write_message import write_message
from compliance.kernel.clock import now
from compliance.portal.request_forms import FORMS, anchor
from compliance.portal.request_forms.choices import Register
from tests.authorisations.requests.asking import again, drafted, submitted
from tests.console.reading import addresses_in, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpResponse
    from django.test import Client
    from pytest_django import DjangoAssertNumQueries

    from compliance.access.models import Account
    from tests.console.conftest import ClientOf

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.django_db
MOST_QUERIES = 45
GENERAL = "KSZ-VB-2017-01"


@pytest.fixture
def draft(cast: Cast) -> AuthorisationRequest:
    return draft_request(account=cast["vdab-requester"])


@pytest.fixture
def vdab(client_of: ClientOf) -> Client:
    return client_of("vdab-requester")


def address_of(request: AuthorisationRequest, section: Section) -> str:
    return reverse("portal-request-section", args=[request.code, section])


def shown(client: Client, request: AuthorisationRequest, section: Section) -> dict[str, object]:
    """Return what a browser would send of the step as it is shown."""
    page = client.get(address_of(request, section))
    form, values = page.context["form"], {"based_on": page.context["growing"].based_on}
    for field in form:
        value = field.value()
        if value not in (None, ""):
            values[field.html_name] = list(value) if isinstance(value, list | tuple) else str(value)
    return values


def send(client: Client, request: AuthorisationRequest, section: Section, **changes: object) -> HttpResponse:
    return client.post(address_of(request, section), {**shown(client, request, section), "go": "stay", **changes})  # type: ignore[return-value]


@pytest.mark.parametrize("section", list(Section))
def test_each_step_saves_what_it_shows_and_shows_what_it_saved(vdab: Client, cast: Cast, section: Section) -> None:
    full = drafted(cast)
    empty = draft_request(account=cast["vdab-requester"])
    typed = {**shown(vdab, full, section), "based_on": content_digest(part_of(empty.said, section))}
    answer = vdab.post(address_of(empty, section), {**typed, "go": "on"})
    assert answer.status_code == 302
    assert part_of(again(empty).said, section) == part_of(full.said, section)
    following = [*list(Section)[1:], None][list(Section).index(section)]
    review = reverse("portal-request-review", args=[empty.code])
    assert answer.headers["Location"] == (address_of(empty, following) if following else review)


@pytest.mark.parametrize("section", list(Section))
def test_looking_at_a_step_and_saving_it_changes_nothing(vdab: Client, cast: Cast, section: Section) -> None:
    request = drafted(cast)
    assert send(vdab, request, section).status_code == 302
    assert again(request).revision == request.revision


@pytest.mark.parametrize("section", list(Section))
def test_every_field_of_a_section_has_a_field_and_what_lacks_leads_to_it(
    vdab: Client, draft: AuthorisationRequest, section: Section
) -> None:
    page = vdab.get(address_of(draft, section)).content.decode()
    part = part_of(draft.said, section)
    form = FORMS[section](None, standing=part, register=Register(now().date()))
    for name in part.__struct_fields__:
        if name != "recipient":
            assert form.field_for(name) in form.fields
            assert f'id="{anchor(draft.said, name)}"' in page or name in {"ceiling", "hours"}


def test_a_reason_that_lacks_leads_to_its_own_field(vdab: Client, cast: Cast) -> None:
    request = drafted(cast)
    part = part_of(request.said, Section.DATA)
    bare = msgspec.structs.replace(part, categories=[*part.categories[:1], part.categories[1].__class__("CONTACT")])  # type: ignore[attr-defined]
    content = with_part(request.said, Section.DATA, bare)
    assert anchor(content, "categories/1/why") == "field-why-CONTACT"


@pytest.mark.parametrize(
    ("section", "typed", "field"),
    [
        (Section.PARTIES, {"title": "x" * 301}, "title"),
        (Section.PARTIES, {"provider": "NOBODY"}, "provider"),
        (Section.PURPOSES, {"purposes": ["FUN"]}, "purposes"),
        (Section.PURPOSES, {"explanation": "Over 46.41.99-001.28 en anderen"}, "explanation"),
        (Section.PURPOSES, {"explanation": "Over 46419900128 en anderen"}, "explanation"),
        (Section.DATA, {"services": ["NO-SUCH/1"]}, "services"),
        (Section.RECIPIENTS, {"user_groups": "\n".join(map(str, range(51)))}, "user_groups"),
        (Section.RHYTHM, {"hours_from": "07:00"}, "weekdays"),
        (Section.RHYTHM, {"weekdays": ["1"], "hours_from": "07:00", "hours_until": "07:00"}, "hours_until"),
        (Section.RHYTHM, {"expected_per_month": "-1"}, "expected_per_month"),
        (Section.DURATION, {"starts_on": "2030-01-01", "ends_on": "2029-01-01"}, "ends_on"),
        (Section.DURATION, {"retention_months": "1201"}, "retention_months"),
    ],
)
def test_what_is_refused_stands_beside_the_field_with_all_that_was_typed(
    vdab: Client, draft: AuthorisationRequest, section: Section, typed: dict[str, object], field: str
) -> None:
    answer = send(vdab, draft, section, **typed)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors  # type: ignore[attr-defined]
    assert f'id="field-{field}_error"' in answer.content.decode()
    assert again(draft).revision == draft.revision
    for name, value in typed.items():
        assert answer.context["form"][name].value() == value  # type: ignore[attr-defined]


def test_two_colleagues_see_both_texts_and_neither_is_lost(
    vdab: Client, draft: AuthorisationRequest, cast: Cast
) -> None:
    mine = {**shown(vdab, draft, Section.SANCTIONS), "sanctions": "Mijn woorden.", "go": "on"}
    theirs = msgspec.structs.replace(part_of(draft.said, Section.SANCTIONS), sanctions="Haar woorden.")
    based_on = content_digest(part_of(draft.said, Section.SANCTIONS))
    account = cast["vdab-requester"]
    save_section(request=draft, section=Section.SANCTIONS, part=theirs, account=account, based_on=based_on)
    answer = vdab.post(address_of(draft, Section.SANCTIONS), mine)
    assert answer.status_code == 409
    assert "Your colleague Haar woorden. You Mijn woorden." in words_of(answer)
    assert answer.context["form"]["sanctions"].value() == "Mijn woorden."
    assert again(draft).said.sanctions.sanctions == "Haar woorden."
    again_typed = {**mine, "based_on": answer.context["growing"].based_on}
    assert vdab.post(address_of(draft, Section.SANCTIONS), again_typed).status_code == 302
    assert again(draft).said.sanctions.sanctions == "Mijn woorden."


def test_what_the_organisation_uses_already_is_offered_and_taken_over_with_what_was_typed(
    vdab: Client, draft: AuthorisationRequest
) -> None:
    page = vdab.get(address_of(draft, Section.PURPOSES))
    (offer,) = [one for one in page.context["step"].offers if one.source.startswith("PROT-VB-2018")]
    typed = {"purposes": ["POLICY-STATISTICS"], "explanation": "Cijfers.", "take": offer.source}
    assert send(vdab, draft, Section.PURPOSES, **typed).status_code == 302
    said = again(draft).said.purposes
    assert {"POLICY-STATISTICS", "JOB-MEDIATION"} <= set(said.purposes)
    assert said.explanation == "Cijfers."
    assert offer.source not in [
        one.source for one in vdab.get(address_of(draft, Section.PURPOSES)).context["step"].offers
    ]


def test_words_of_an_earlier_request_are_offered(vdab: Client, cast: Cast) -> None:
    earlier = submitted(cast)
    draft = draft_request(account=cast["vdab-requester"])
    page = vdab.get(address_of(draft, Section.SECURITY))
    assert [one.source for one in page.context["step"].offers] == [earlier.code]
    assert send(vdab, draft, Section.SECURITY, take=earlier.code).status_code == 302
    assert again(draft).said.security == earlier.said.security


def test_where_less_would_do_is_said(vdab: Client, cast: Cast) -> None:
    request = drafted(cast)
    typed = {"categories": ["IDENTIFICATION", "MEDICAL-EXEMPTION"], "why-MEDICAL-EXEMPTION": "Vrijstelling."}
    send(vdab, request, Section.DATA, **typed)
    words = words_of(vdab.get(address_of(request, Section.DATA)))
    assert "is a special category (GDPR art. 9)" in words
    assert "None of the services that you chose delivers" in words


def test_htmx_is_answered_with_what_grows_and_no_more(vdab: Client, draft: AuthorisationRequest) -> None:
    typed = {**shown(vdab, draft, Section.PARTIES), "title": "Traject en werk"}
    answer = vdab.post(address_of(draft, Section.PARTIES), typed, headers={"HX-Request": "true"})
    page = answer.content.decode()
    assert "<form" not in page
    assert "Traject en werk" in page
    assert content_digest(part_of(again(draft).said, Section.PARTIES)) in page


def test_the_first_question_offers_what_can_be_joined_and_what_one_has(vdab: Client, cast: Cast) -> None:
    words = words_of(vdab.get(reverse("portal-request-new")))
    assert "General authorisation for OCMWs over the KSZ" in words
    assert "PROT-VB-2018-01" in words
    joined = vdab.post(reverse("portal-request-new"), {"kind": "accession", "authorisation": GENERAL})
    made = AuthorisationRequest.objects.latest("id")
    assert joined.headers["Location"] == address_of(made, Section.PARTIES)
    assert (made.kind, made.authorisation) == (RequestKind.ACCESSION, Authorisation.objects.get(code=GENERAL))


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"kind": "gift"},
        {"kind": "accession", "authorisation": "PROT-VB-2018-01"},
        {"kind": "amendment", "authorisation": "VTC-VB-2011-02"},
    ],
)
def test_what_is_not_offered_is_not_there(vdab: Client, typed: dict[str, str]) -> None:
    assert vdab.post(reverse("portal-request-new"), typed).status_code == 404
    assert not AuthorisationRequest.objects.exists()


def test_the_review_names_what_lacks_with_links_to_the_very_field_and_refuses_until_then(
    vdab: Client, draft: AuthorisationRequest, cast: Cast
) -> None:
    review = reverse("portal-request-review", args=[draft.code])
    refused = vdab.post(review)
    assert refused.status_code == 422
    assert f"{address_of(draft, Section.PARTIES)}#field-title" in addresses_in(refused)
    assert f"{address_of(draft, Section.PARTIES)}#field-contact_name" in addresses_in(refused)
    assert again(draft).state == RequestState.DRAFT
    full = drafted(cast)
    review = reverse("portal-request-review", args=[full.code])
    assert "It lacks nothing." in words_of(vdab.get(review))
    assert "You conclude a protocol" in words_of(vdab.get(review))
    assert vdab.post(review).headers["Location"] == reverse("portal-request", args=[full.code])
    assert again(full).state == RequestState.SUBMITTED
    assert vdab.get(address_of(full, Section.PARTIES)).status_code == 302


def test_the_list_begins_with_drafts_and_says_for_whom_the_others_wait(
    client_of: ClientOf, cast: Cast, draft: AuthorisationRequest
) -> None:
    waiting = submitted(cast)
    requester = client_of("vdab-requester").get(reverse("portal-requests")).context["groups"]
    assert [(group.key, [row.code for row in group.rows]) for group in requester] == [
        ("draft", [draft.code]),
        ("others", [waiting.code]),
    ]
    adviser = client_of("vdab-dpo").get(reverse("portal-requests"))
    assert [(group.key, [row.code for row in group.rows]) for group in adviser.context["groups"]][1] == (
        "me",
        [waiting.code],
    )
    assert reverse("portal-request-new") not in addresses_in(adviser)


@pytest.mark.parametrize("section", list(Section))
def test_anothers_request_looks_the_same_as_none(
    client_of: ClientOf, draft: AuthorisationRequest, section: Section
) -> None:
    vmsw = client_of("vmsw-requester")
    there = [vmsw.get(address_of(draft, section)), vmsw.get(reverse("portal-request-review", args=[draft.code]))]
    nowhere = vmsw.get(reverse("portal-request-section", args=["AANVR-1999-0001", section]))
    for page in there:
        assert page.status_code == nowhere.status_code == 404
        assert words_of(page) == words_of(nowhere)
    assert vmsw.post(address_of(draft, section), {}).status_code == 404
    assert draft.code not in words_of(vmsw.get(reverse("portal-requests")))
    assert "VDAB" not in vmsw.get(reverse("portal-request-new")).content.decode()


@pytest.mark.parametrize("section", list(Section))
def test_a_step_asks_the_database_a_bounded_number_of_questions(
    vdab: Client, cast: Cast, section: Section, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    request = drafted(cast)
    with django_assert_max_num_queries(MOST_QUERIES):
        vdab.get(address_of(request, section))


def test_what_was_returned_says_why_and_is_written_on(vdab: Client, cast: Cast) -> None:
    request = submitted(cast)
    return_request(request=request, account=cast["officer"], questions="Waarom elke dag?")
    assert "It was returned with questions Waarom elke dag?" in words_of(
        vdab.get(reverse("portal-request-review", args=[request.code]))
    )
    write_message(
        request=request, account=cast["officer"], section=Section.RHYTHM, message="Hoe vaak echt?", is_question=True
    )
    assert "Hoe vaak echt?" in words_of(vdab.get(address_of(request, Section.RHYTHM)))
    assert "Hoe vaak echt?" not in words_of(vdab.get(address_of(request, Section.RIGHTS)))
    assert send(vdab, request, Section.RHYTHM, why_this_often="Nieuwe dossiers.").status_code == 302
    assert again(request).said.rhythm.why_this_often == "Nieuwe dossiers."
