"""Asking for an authorisation in the browser: quick by keyboard, saved as one goes, and nothing typed is ever lost."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from compliance.authorisations.requests.content import Parties, content_digest, part_of
from compliance.authorisations.requests.draft_request import draft_request
from compliance.authorisations.requests.models import AuthorisationRequest
from compliance.authorisations.requests.save_section import save_section
from compliance.authorisations.requests.vocabulary import Needed, RequestState, Section
from tests.cast import PASSWORD
from tests.documents.papers import pdf
from tests.screens.filling import FILLS, ON
from tests.screens.looking import NARROW, complaints_of, faults_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from playwright.sync_api import Page

    from compliance.access.models import Account
    from tests.browser import NewPage

    Cast = Mapping[str, Account]

pytestmark = pytest.mark.browser
SAVE = "form#step .wizard__acts button[value=stay]"


@pytest.fixture
def draft(transactional_db: None, cast: Cast) -> AuthorisationRequest:
    """Return a draft of VDAB's."""
    return draft_request(account=cast["vdab-requester"])


@pytest.fixture
def narrow(new_page: NewPage, cast: Cast) -> Page:
    """Return the requester's telephone."""
    return new_page(account=cast["vdab-requester"], viewport=NARROW)


def step(page: Page, request: AuthorisationRequest, section: Section) -> None:
    page.goto(f"/portal/requests/{request.code}/{section}/")


def title_of(request: AuthorisationRequest) -> str:
    return AuthorisationRequest.objects.get(pk=request.pk).said.parties.title


def test_what_is_typed_is_saved_beside_the_text_that_grows_and_the_focus_stays(
    narrow: Page, draft: AuthorisationRequest
) -> None:
    complaints = complaints_of(narrow)
    step(narrow, draft, Section.PARTIES)
    narrow.locator("#field-title").focus()
    narrow.keyboard.type("Traject en werk")
    narrow.keyboard.press("Tab")
    expect(narrow.locator("#protocol")).to_contain_text("Traject en werk")
    expect(narrow.locator("#hints a[href$='#field-title']")).to_have_count(0)
    expect(narrow.locator("#field-provider")).to_be_focused()
    assert title_of(draft) == "Traject en werk"
    narrow.locator("#field-contact_name").focus()
    narrow.keyboard.type("Dienst gegevens")
    narrow.keyboard.press("Tab")
    narrow.keyboard.type("gegevens@vdab.example")
    narrow.keyboard.press("Enter")
    expect(narrow).to_have_url(re.compile("/purposes/$"))
    said = AuthorisationRequest.objects.get(pk=draft.pk).said
    assert said.parties.contact.email == "gegevens@vdab.example"
    assert not complaints


def test_who_is_out_meanwhile_keeps_what_was_typed_and_saves_it_after_signing_in(
    new_page: NewPage, cast: Cast, draft: AuthorisationRequest
) -> None:
    page = new_page(account=cast["vdab-requester"])
    step(page, draft, Section.SANCTIONS)
    Session.objects.all().delete()
    page.locator("#field-sanctions").fill("Opschorting van de toegang.")
    page.locator("#field-sanctions").blur()
    expect(page.locator("#saved")).to_have_attribute("data-lost", "")
    page.locator(SAVE).click()
    expect(page.locator("#saved")).to_have_attribute("data-lost", "")
    expect(page.locator("#field-sanctions")).to_have_value("Opschorting van de toegang.")

    other = page.context.new_page()
    other.goto("/sign-in/")
    other.locator("#username").fill("vdab-requester")
    other.locator("#password").fill(PASSWORD)
    other.keyboard.press("Enter")
    expect(other.locator("details.person")).to_be_visible()

    page.locator(SAVE).click()
    expect(page.locator("#saved")).not_to_have_attribute("data-lost", "")
    expect(page.locator("#hints .notice--good")).to_be_visible()
    assert AuthorisationRequest.objects.get(pk=draft.pk).said.sanctions.sanctions == "Opschorting van de toegang."


def test_without_a_connection_the_form_stays_and_says_so(
    new_page: NewPage, cast: Cast, draft: AuthorisationRequest
) -> None:
    page = new_page(account=cast["vdab-requester"])
    step(page, draft, Section.PARTIES)
    page.context.set_offline(True)
    page.locator("#field-title").fill("Traject en werk")
    page.locator("#field-title").blur()
    expect(page.locator("#saved")).to_have_attribute("data-lost", "")
    expect(page.locator("#field-title")).to_have_value("Traject en werk")
    page.context.set_offline(False)
    page.locator(SAVE).click()
    expect(page.locator("#protocol")).to_contain_text("Traject en werk")
    assert title_of(draft) == "Traject en werk"


def test_a_colleague_who_was_faster_is_shown_beside_ones_own_words(
    new_page: NewPage, cast: Cast, draft: AuthorisationRequest
) -> None:
    page = new_page(account=cast["vdab-requester"])
    step(page, draft, Section.PARTIES)
    standing = part_of(draft.said, Section.PARTIES)
    save_section(
        request=draft,
        section=Section.PARTIES,
        part=Parties(title="Van een collega", provider="KBI"),
        account=cast["vdab-requester"],
        based_on=content_digest(standing),
    )
    page.locator("#field-title").fill("Van mij")
    page.locator("#field-title").blur()
    page.locator(SAVE).click()
    conflict = page.locator(".conflict")
    expect(conflict).to_contain_text("Van een collega")
    expect(conflict).to_contain_text("Van mij")
    expect(page.locator("#field-title")).to_have_value("Van mij")
    assert not faults_of(page, colours=("light",))
    page.locator(SAVE).click()
    expect(conflict).to_have_count(0)
    assert title_of(draft) == "Van mij"


def test_from_empty_to_submitted(new_page: NewPage, cast: Cast) -> None:
    page = new_page(account=cast["vdab-requester"])
    complaints = complaints_of(page)
    page.goto("/portal/requests/")
    page.locator("main a[href='/portal/requests/new/']").first.click()
    page.locator("form:has(input[value=new]) button").click()
    expect(page.locator("html")).to_have_attribute("lang", "nl")
    for fill in FILLS:
        fill(page)
        page.locator(ON).click()
    expect(page).to_have_url(re.compile("/review/$"))
    _add_document(page)
    assert not faults_of(page, colours=("light",))
    page.locator("form[action$='/review/'] button").click()
    expect(page).not_to_have_url(re.compile("/review/$"))
    request = AuthorisationRequest.objects.latest("id")
    assert (request.state, request.needed) == (RequestState.SUBMITTED, Needed.PROTOCOL)
    assert request.said.categories == ("TRAJECTORY",)
    assert request.said.rhythm.hours is not None
    assert request.requestattachments.get().name == "advies.pdf"
    assert not complaints


def _add_document(page: Page) -> None:
    page.locator("a[href$='/documents/']").click()
    document = {"name": "advies.pdf", "mimeType": "application/pdf", "buffer": pdf()}
    page.locator("#id_document").set_input_files(document)  # type: ignore[arg-type]  # a FilePayload in all but name
    page.locator("form[enctype] button").click()
    expect(page.locator("main")).to_contain_text("advies.pdf")
