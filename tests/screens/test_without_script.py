"""Without JavaScript everything can be read and decided; with it, it is only quicker."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from compliance.access.models import Account
from tests.cast import PASSWORD

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.browser import NewPage
    from tests.screens.world import World

pytestmark = pytest.mark.browser


@pytest.fixture(params=[False, True], ids=["without script", "with script"])
def plain(request: pytest.FixtureRequest, new_page: NewPage, world: World) -> Page:
    """Return a browser of somebody who has not signed in, without and with JavaScript."""
    assert world.cast
    return new_page(java_script_enabled=request.param)


def test_an_officer_signs_in_finds_an_exchange_and_sees_whom_it_is_about(plain: Page) -> None:
    plain.goto("/exchanges/")
    _type_password(plain)

    plain.get_by_label("Oordeel").select_option("category-outside")
    plain.get_by_role("button", name="Toon", exact=True).click()
    expect(plain).to_have_url(re.compile("verdict=category-outside"))
    expect(plain.locator(".x-reference")).to_have_text(["outside"])

    plain.locator(".x-time a").click()
    expect(plain.get_by_text("De toelating noemt deze gegevens niet")).to_be_visible()
    plain.get_by_label("Reden").fill("Dossier 2026/14, een klacht")
    plain.get_by_role("button", name="Toon de identiteit").click()
    expect(plain.get_by_text("U ziet dit één keer")).to_be_visible()
    expect(plain.get_by_text("u-77")).to_be_visible()

    plain.go_back()
    plain.reload()
    expect(plain.get_by_text("u-77")).to_have_count(0)


def test_pages_of_the_list_can_be_turned_and_filters_removed(plain: Page) -> None:
    _sign_in(plain)
    plain.goto("/exchanges/?partner=VDAB")
    plain.get_by_role("link", name="Ouder").first.click()
    expect(plain.locator(".x-time")).to_have_count(5)
    plain.get_by_role("link", name="Nieuwer").first.click()
    expect(plain.locator(".x-time")).to_have_count(50)
    plain.get_by_role("link", name="Verwijder: Partner: VDAB").click()
    expect(plain).to_have_url(re.compile(r"/exchanges/$"))
    plain.get_by_label("Ga naar dag").fill("2016-03-13")
    plain.get_by_role("button", name="Ga", exact=True).click()
    expect(plain.locator(".x-reference").first).to_contain_text("covered")


def test_language_and_colours_are_changed_and_kept(plain: Page) -> None:
    _sign_in(plain)
    plain.goto("/statistics/")
    plain.locator("summary", has_text="officer").click()
    plain.get_by_role("button", name="donker").click()
    expect(plain.locator("html")).to_have_attribute("data-theme", "dark")
    plain.get_by_role("button", name="English").click()
    expect(plain.locator("html")).to_have_attribute("lang", "en")
    expect(plain.locator("html")).to_have_attribute("data-theme", "dark")
    expect(plain).to_have_url(re.compile("/statistics/$"))


def test_a_new_question_replaces_the_results_only_and_back_goes_back(new_page: NewPage, world: World) -> None:
    page = new_page(account=world.cast["officer"])
    page.goto("/exchanges/")
    page.evaluate("window.stays = true")
    page.get_by_label("Partner").select_option("VMSW")
    page.get_by_role("button", name="Toon", exact=True).click()
    expect(page.locator(".x-time")).to_have_count(1)
    expect(page.get_by_role("status")).to_contain_text("Eén uitwisseling")
    assert page.evaluate("window.stays")
    page.go_back()
    expect(page.locator(".x-time")).to_have_count(50)
    assert page.evaluate("Object.keys(localStorage).filter(key => key.includes('history'))") == []


def test_who_is_out_meanwhile_signs_in_and_comes_back(new_page: NewPage, world: World) -> None:
    page = new_page(account=world.cast["officer"])
    page.goto("/exchanges/?partner=VDAB")
    Session.objects.all().delete()
    page.get_by_role("button", name="Toon", exact=True).click()
    expect(page.get_by_role("heading", name="Aanmelden")).to_be_visible()
    _type_password(page)
    expect(page).to_have_url(re.compile(r"/exchanges/\?partner=VDAB"))


def test_who_loses_the_role_meanwhile_reads_so(new_page: NewPage, world: World) -> None:
    page = new_page(account=world.cast["officer"])
    page.goto("/exchanges/")
    Account.objects.filter(username="officer").update(role="")
    page.get_by_role("button", name="Toon", exact=True).click()
    expect(page.get_by_role("heading", name="Uw rol geeft geen toegang tot deze pagina")).to_be_visible()


def test_on_paper_only_what_is_read_remains(new_page: NewPage, world: World) -> None:
    page = new_page(account=world.cast["officer"])
    page.goto("/statistics/?from=2016-01&to=2016-12")
    page.emulate_media(media="print", color_scheme="dark")
    for gone in (".nav", ".filters", ".downloads", ".bar__side"):
        expect(page.locator(gone)).to_be_hidden()
    expect(page.locator(".table--figures").first).to_be_visible()
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(26, 29, 33)"


def _sign_in(page: Page) -> None:
    page.goto("/sign-in/")
    _type_password(page)


def _type_password(page: Page) -> None:
    page.get_by_label("Naam van uw account").fill("officer")
    page.get_by_label("Wachtwoord").fill(PASSWORD)
    page.get_by_role("button", name="Aanmelden").click()
